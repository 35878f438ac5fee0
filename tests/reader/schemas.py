"""Machines’ files against their schemas in tests/data/schemas/. Called by tests/reader/fuzzing.py."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from lxml import etree

SCHEMAS = Path(__file__).resolve().parents[1] / "data" / "schemas"
XML = {
    "rss.xml": (etree.RelaxNG, "rss.rng"),
    "atom.xml": (etree.RelaxNG, "atom.rng"),
    "sitemap": (etree.XMLSchema, "sitemap.xsd"),
}
JSON = {"feed.json": "jsonfeed.json", "article": "article.json", "list": "list.json"}


def check(kind: str, data: bytes) -> None:
    """Fails with the schema's message if `data`, a file of this kind, does not fit the schema."""
    if kind in JSON:
        faults = [
            f"{each.json_path}: {each.message}"
            for each in _json(kind).iter_errors(json.loads(data))
        ]
        assert not faults, faults
    else:
        _xml(kind).assertValid(etree.fromstring(data))


@cache
def _json(kind: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / JSON[kind]).read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@cache
def _xml(kind: str) -> Any:
    made, file = XML[kind]
    return made(etree.parse(str(SCHEMAS / file)))
