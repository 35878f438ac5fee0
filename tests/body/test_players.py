"""Players of embeds: known addresses give the provider's player, everything else stays a link."""

import pytest

from app.body.html import render
from app.body.players import HOSTS, player_of
from tests.body.bodies import body, node

NOCOOKIE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
KNOWN = [
    ("youtube", "https://youtu.be/dQw4w9WgXcQ", NOCOOKIE),
    ("youtube", "https://youtu.be/dQw4w9WgXcQ?t=10", NOCOOKIE),
    ("youtube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ", NOCOOKIE),
    ("youtube", "https://m.youtube.com/watch?list=a&v=dQw4w9WgXcQ&t=1", NOCOOKIE),
    ("youtube", "https://www.youtube.com/shorts/dQw4w9WgXcQ", NOCOOKIE),
    ("vimeo", "https://vimeo.com/45010429", "https://player.vimeo.com/video/45010429?dnt=1"),
    (
        "spotify",
        "https://open.spotify.com/intl-de/episode/512ojhOuo1ktJprKbVcKyQ?si=x",
        "https://open.spotify.com/embed/episode/512ojhOuo1ktJprKbVcKyQ",
    ),
    (
        "soundcloud",
        "https://soundcloud.com/some-one/a-song?in=x",
        "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fsome-one%2Fa-song",
    ),
    (
        "datawrapper",
        "https://datawrapper.dwcdn.net/Ab1cD/3/",
        "https://datawrapper.dwcdn.net/Ab1cD/",
    ),
]
LINKS = [
    ("youtube", "https://youtu.be/dQw4w9WgXc"),
    ("youtube", "https://youtu.be/dQw4w9WgXcQQ"),
    ("youtube", "https://www.youtube.com/@channel"),
    ("youtube", "https://www.youtube.com/watch?v=dQw4w9WgX'\""),
    ("vimeo", "https://vimeo.com/45010429/abcdef"),
    ("vimeo", "https://vimeo.com/channels/staff"),
    ("spotify", "https://open.spotify.com/user/x"),
    ("datawrapper", "https://www.datawrapper.de/charts"),
    ("x", "https://x.com/a/status/1"),
]


@pytest.mark.parametrize(("provider", "address", "player"), KNOWN)
def test_a_known_address_gives_its_player(provider: str, address: str, player: str) -> None:
    assert player_of(provider, address) == player
    assert player.startswith(tuple(f"{host}/" for host in HOSTS))


@pytest.mark.parametrize(("provider", "address"), LINKS)
def test_any_other_address_stays_a_link(provider: str, address: str) -> None:
    assert player_of(provider, address) is None


def test_a_story_names_the_player_and_frames_nothing() -> None:
    embed = node("embed", provider="youtube", address="https://youtu.be/dQw4w9WgXcQ", title="T")
    html = render(body(embed), lambda _id: None)
    assert f'<p class=embed data-frame="{NOCOOKIE}"><a href="https://youtu.be/dQw4w9WgXcQ"' in html
    assert "<iframe" not in html
