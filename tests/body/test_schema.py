"""The schema: one source for Python and for the browser's editor."""

import json

from app.body.port import SCHEMA
from app.body.schema import as_json


def test_the_exported_schema_is_plain_json_in_the_order_of_ranks() -> None:
    exported = json.loads(json.dumps(as_json()))
    assert list(exported["nodes"]) == list(SCHEMA.nodes)
    assert list(exported["marks"]) == [
        "link", "strong", "emphasis", "sub", "sup", "comment", "insertion", "deletion", "modification",
    ]  # fmt: skip


def test_server_and_export_say_the_same() -> None:
    exported = as_json()
    for name, kind in SCHEMA.nodes.items():
        spec = exported["nodes"][name]
        assert spec.get("content", "") == kind.spec.get("content", "")
        assert spec.get("group", "").split() == [g for g in kind.groups if g]
        assert spec.get("marks") == kind.spec.get("marks")
        defaults = {a: rule.default for a, rule in kind.attrs.items() if rule.has_default}
        given = {a: s["default"] for a, s in spec.get("attrs", {}).items() if "default" in s}
        assert given == defaults
    for name, mark in SCHEMA.marks.items():
        assert exported["marks"][name].get("excludes") == mark.spec.get("excludes")


def test_every_attribute_is_validated_on_both_sides() -> None:
    exported = as_json()
    for kind in [*exported["nodes"].values(), *exported["marks"].values()]:
        assert all(rule["validate"] for rule in kind.get("attrs", {}).values())
    rules = [kind.attrs for kind in SCHEMA.nodes.values()] + [
        m.attrs for m in SCHEMA.marks.values()
    ]
    assert all(rule.validate for attrs in rules for rule in attrs.values())


def test_comments_may_overlap_and_suggestions_may_not() -> None:
    marks = SCHEMA.marks
    assert not marks["comment"].excludes(marks["comment"])
    assert marks["insertion"].excludes(marks["deletion"])
    assert marks["sub"].excludes(marks["sup"])
    for name in ("doc", "bullet_list", "ordered_list", "list_item", "blockquote", "factbox"):
        assert SCHEMA.nodes[name].allows_mark_type(marks["insertion"])
        assert not SCHEMA.nodes[name].allows_mark_type(marks["comment"])
