"""The providers whose posts and videos a story may embed.

The schema checks addresses with this table, the renderer prints names from it, and an editor in the browser
gets it as JSON. Readers get a plain link to the address. The server fetches nothing from a provider.
"""

from dataclasses import dataclass

from app.body.links import host_of, safe_href


@dataclass(frozen=True)
class Provider:
    """A provider whose addresses may be embedded: the name for readers, and its hosts."""

    label: str
    hosts: tuple[str, ...]


PROVIDERS = {
    "youtube": Provider("YouTube", ("www.youtube.com", "youtube.com", "m.youtube.com", "youtu.be")),
    "vimeo": Provider("Vimeo", ("vimeo.com", "www.vimeo.com", "player.vimeo.com")),
    "dailymotion": Provider("Dailymotion", ("www.dailymotion.com", "dailymotion.com", "dai.ly")),
    "soundcloud": Provider("SoundCloud", ("soundcloud.com", "www.soundcloud.com")),
    "spotify": Provider("Spotify", ("open.spotify.com",)),
    "applepodcasts": Provider("Apple Podcasts", ("podcasts.apple.com",)),
    "x": Provider(
        "X", ("x.com", "www.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com")
    ),
    "bluesky": Provider("Bluesky", ("bsky.app",)),
    "mastodon": Provider("Mastodon", ("mastodon.social", "mastodon.online", "mstdn.social")),
    "facebook": Provider("Facebook", ("www.facebook.com", "facebook.com", "m.facebook.com")),
    "instagram": Provider("Instagram", ("www.instagram.com", "instagram.com")),
    "tiktok": Provider("TikTok", ("www.tiktok.com", "tiktok.com", "vm.tiktok.com")),
    "telegram": Provider("Telegram", ("t.me", "telegram.me")),
    "documentcloud": Provider(
        "DocumentCloud", ("www.documentcloud.org", "embed.documentcloud.org")
    ),
    "datawrapper": Provider("Datawrapper", ("www.datawrapper.de", "datawrapper.dwcdn.net")),
    "openstreetmap": Provider("OpenStreetMap", ("www.openstreetmap.org", "openstreetmap.org")),
}


def fits(provider: str, address: str) -> bool:
    """Whether an https address, in its normal form, belongs to a known provider."""
    known = PROVIDERS.get(provider)
    secure = address.startswith("https://") and safe_href(address) == address
    return known is not None and secure and host_of(address) in known.hosts


def belongs_to_any(address: str) -> bool:
    """Whether an address belongs to any provider. Which one is checked together with the embed."""
    return any(fits(name, address) for name in PROVIDERS)
