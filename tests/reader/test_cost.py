"""No page asks the database more than a few times, however many stories there are."""

from flask import Flask

from tests.reader.counting import statements
from tests.reader.large_paper import STORIES, fill
from tests.support.cast import Newsroom

# Of a page that is not named here five.
MOST = {
    "front": 6,
    "category": 6,
    "missing": 4,
    "nowhere": 2,
    "withdrawn": 4,
    "search": 6,
    "slip": 6,
}


def test_no_page_takes_more_than_six_statements(newsroom: Newsroom) -> None:
    app = newsroom.app
    for kind, path in fill(newsroom).items():
        with statements(app) as seen:
            answer = app.test_client().get(path)
        assert answer.status_code in (200, 404, 410), path
        assert len(seen) <= MOST.get(kind, 5), (path, [each[0] for each in seen])
    last = -(-(STORIES) // 20)
    assert app.test_client().get(f"/?page={last}").status_code == 200
    assert app.test_client().get(f"/?page={last + 1}").status_code == 404


def test_the_menu_is_asked_for_once(app: Flask, newsroom: Newsroom) -> None:
    with statements(app) as seen:
        app.test_client().get("/")
    menus = [each for each, _ in seen if "FROM category" in each and "UNION" in each]
    assert len(menus) == 1
