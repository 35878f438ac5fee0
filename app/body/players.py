"""Which embeds can be played inside a story, and the address of the provider's player.

Called by `html`, which prints the address beside the link: a reader's script loads it when the reader asks
for it, never before. `reader/views` lets pages frame these hosts and no others. An address that is not
known here stays a plain link. The players are those that set no cookie before they play, where there are any.
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
    """The address of the player for an embed, or None if it can only be linked to.

    Args:
        provider: its name in `providers.PROVIDERS`.
        address: in its normal form, checked to be the provider's.
    """
    if provider == "soundcloud" and (sound := _SOUND.match(address)):
        return f"https://w.soundcloud.com/player/?url={quote(sound[0], safe='')}"
    if provider not in _PLAYERS:
        return None
    pattern, player = _PLAYERS[provider]
    found = re.match(pattern, address, re.ASCII)
    return found.expand(player) if found else None
