"""Knows which embeds can be played inside a story, and the URL of the provider's player.

`html` calls it and prints the URL beside the link. A script loads the player when the reader asks for it, and
never before. `reader/views` allows frames only from these hosts. An unknown address stays a plain link. If a
provider has a player that sets no cookie before it plays, that player is used.
"""

import re
from urllib.parse import quote

HOSTS = (
    "https://www.youtube-nocookie.com",
    "https://player.vimeo.com",
    "https://open.spotify.com",
    "https://w.soundcloud.com",
    "https://datawrapper.dwcdn.net",
)
_END = r"(?=[/?#&]|$)"
_VIDEO = rf"([\w-]{{11}}){_END}"
_PLAYERS = {
    "youtube": (
        rf"https://(?:youtu\.be/|(?:www\.|m\.)?youtube\.com/(?:(?:shorts|live|embed)/|watch\?(?:[^#]*&)?v=)){_VIDEO}",
        r"https://www.youtube-nocookie.com/embed/\1",
    ),
    "vimeo": (
        r"https://(?:(?:www\.)?vimeo\.com|player\.vimeo\.com/video)/(\d{1,12})(?=[?#]|$)",
        r"https://player.vimeo.com/video/\1?dnt=1",
    ),
    "spotify": (
        rf"https://open\.spotify\.com/(?:intl-\w+/)?(track|album|episode|show|playlist)/(\w{{22}}){_END}",
        r"https://open.spotify.com/embed/\1/\2",
    ),
    "datawrapper": (
        rf"https://datawrapper\.dwcdn\.net/(\w{{5}}){_END}",
        r"https://datawrapper.dwcdn.net/\1/",
    ),
}
_SOUND = re.compile(r"https://(?:www\.)?soundcloud\.com/[\w-]+/[\w-]+", re.ASCII)


def player_of(provider: str, address: str) -> str | None:
    """The URL of the player for an embed, or None if there is only a link.

    Args:
        provider: its name in `providers.PROVIDERS`.
        address: a checked URL of the provider, in its normal form.
    """
    if provider == "soundcloud" and (sound := _SOUND.match(address)):
        return f"https://w.soundcloud.com/player/?url={quote(sound[0], safe='')}"
    if provider not in _PLAYERS:
        return None
    pattern, player = _PLAYERS[provider]
    found = re.match(pattern, address, re.ASCII)
    return found.expand(player) if found else None
