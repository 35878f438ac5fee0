"""Declarations beside a blueprint or view apply to its addresses."""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient

from app.core import addresses
from app.core.addresses import (
    addresses_of,
    files,
    paged,
    private,
    reserve,
    takes_parameters,
)
from tests.support.cast import Newsroom

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def declared() -> addresses.Addresses:
    """The declarations of a small application."""
    app = Flask(__name__)
    addresses.init_app(app)
    office = Blueprint("office", __name__, url_prefix="/office")
    private(office)
    shelf = Blueprint("shelf", __name__, url_prefix="/shelf")
    files(shelf)
    shop = Blueprint("shop", __name__)
    reserve(shop, "till")

    @shop.get("/goods")
    @takes_parameters
    def goods() -> str:
        return ""

    @shop.get("/news/<kind>")
    @paged
    def news(kind: str) -> str:
        return kind

    for each in (office, shelf, shop):
        app.register_blueprint(each)
    return addresses_of(app)


def test_private_addresses_are_a_whole_part_of_the_site(declared: addresses.Addresses) -> None:
    paths = ("/office", "/office/", "/office/x/y", "/officers", "/", "/shelf/x")
    assert [declared.is_private(each) for each in paths] == [True, True, True, False, False, False]


def test_files(declared: addresses.Addresses) -> None:
    paths = ("/shelf/x", "/static/x", "/shelf", "/shelfs/x", "/office/x")
    assert [declared.is_file(each) for each in paths] == [True, True, False, False, False]


def test_what_views_declare(declared: addresses.Addresses) -> None:
    assert declared.takes_parameters("/goods")
    assert not declared.takes_parameters("/news/x")
    assert declared.is_paged("shop.news")
    assert not declared.is_paged("shop.goods")
    assert not declared.is_paged("")


def test_first_parts_of_routes_and_what_was_declared_are_reserved(
    declared: addresses.Addresses,
) -> None:
    names = ("goods", "news", "static", "till", "kind", "office-hours")
    assert [declared.is_reserved(each) for each in names] == [True] * 4 + [False] * 2


@on_sqlite
def test_a_number_of_a_page_is_dropped_where_there_are_no_pages(
    newsroom: Newsroom, client: FlaskClient
) -> None:
    newsroom.live_story()
    dropped = {"/politics/river-rises", "/kept", "/feeds/rss.xml"}
    kept = {
        "/",
        "/politics",
        "/authors/brian-wellbrock",
        "/corrections",
        "/search",
        "/static/icon.svg",
    }
    answers = {path: client.get(f"{path}?page=1") for path in dropped | kept}
    assert {path: answer.status_code for path, answer in answers.items()} == {
        **dict.fromkeys(dropped, 301),
        **dict.fromkeys(kept, 200),
    }
    for path in dropped:
        assert answers[path].headers["Location"] == path
