"""YAML as typed fields that know their line in the file. `seedfile` reads seeds with it.

Nothing here builds objects from YAML. A node can only be read as text, a list or a mapping, so tags, anchors
and deep nesting are refused.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import yaml

from app.core.slugs import MAX_LENGTH, is_slug
from app.transfer.textfile import SeedError, control_character
from app.transfer.whole_text import refuse_comment, refuse_signs

_STR, _TIME = "tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp"


@dataclass(frozen=True)
class Fields:
    """One mapping of a YAML file, read key by key.

    Every method that reads a key raises SeedError, with the key's line, when the value is not what
    was asked for, and with the mapping's line when a required key is missing.
    """

    file: str
    line: int
    entries: Mapping[str, tuple[int, yaml.Node]]
    """For each key its line and its value."""
    above: int
    """The number of lines in the file before the YAML. It is added to the lines that YAML counts."""

    def line_of(self, key: str) -> int:
        """The line of `key`, or the first line of the mapping if the key is missing."""
        return self.entries[key][0] if key in self.entries else self.line

    def fault(self, key: str, problem: str) -> SeedError:
        """An error about `key`. The caller raises it."""
        return SeedError(self.file, self.line_of(key), problem)

    def only(self, *known: str) -> "Fields":
        """These fields, after checking that every key is one of `known`."""
        for key in self.entries:
            if key not in known:
                raise self.fault(key, f"unknown key “{key}”; the keys here are {', '.join(known)}")
        return self

    def text(self, key: str, limit: int = 300) -> str:
        """One line of text, not empty, of at most `limit` characters."""
        text = self._text_of(self._required(key), key)
        if len(text) > limit:
            raise self.fault(key, f"“{key}” has {len(text)} characters; {limit} is the most")
        return text

    def optional_text(self, key: str, limit: int = 300) -> str:
        """One line of text, or the empty string when the key is missing."""
        return self.text(key, limit) if key in self.entries else ""

    def slug(self, key: str) -> str:
        """The last part of an address."""
        slug = self.text(key)
        if not is_slug(slug):
            rule = f"small letters a-z, digits and single hyphens, at most {MAX_LENGTH}"
            raise self.fault(key, f"“{slug}” cannot be an address; use {rule}")
        return slug

    def one_of(self, key: str, choices: Collection[str]) -> str:
        """One of a set of words."""
        choice = self.text(key)
        if choice not in choices:
            raise self.fault(
                key, f"“{key}” cannot be “{choice}”; write one of {', '.join(choices)}"
            )
        return choice

    def moment(self, key: str) -> datetime:
        """An ISO 8601 date and time with its zone, given back in UTC."""
        node = self._required(key)
        problem = f"“{key}” must be a date, a time and a zone; write it as 2026-03-13T08:15:00Z"
        if not isinstance(node, yaml.ScalarNode) or node.tag not in (_STR, _TIME):
            raise self.fault(key, problem)
        try:
            moment = datetime.fromisoformat(node.value)
            return _zoned(moment).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise self.fault(key, problem) from error

    def texts(self, key: str) -> tuple[tuple[str, int], ...]:
        """A list of single lines of text without duplicates, each with its line number. May be empty."""
        read: dict[str, int] = {}
        for node in self._items(key):
            text, line = self._text_of(node, key), _line(node, self.above)
            if text in read:
                raise SeedError(self.file, line, f"“{text}” stands twice in “{key}”; delete one")
            read[text] = line
        return tuple(read.items())

    def mapping(self, key: str) -> "Fields":
        """A mapping inside this one."""
        return self._fields(self._required(key), f"“{key}”")

    def mappings(self, key: str) -> Iterator["Fields"]:
        """A list of mappings."""
        return (self._fields(node, f"each of “{key}”") for node in self._items(key))

    def _required(self, key: str) -> yaml.Node:
        if key not in self.entries:
            raise self.fault(key, f"“{key}” is missing; add it")
        return self.entries[key][1]

    def _text_of(self, node: yaml.Node, key: str) -> str:
        line = _line(node, self.above)
        if not isinstance(node, yaml.ScalarNode):
            raise SeedError(self.file, line, f"“{key}” must be text; put it in quotes")
        value: str = node.value.strip()
        if not value:
            raise SeedError(self.file, line, f"“{key}” is empty; write it or delete the line")
        if node.tag != _STR:
            raise SeedError(self.file, line, f"“{key}” is not read as text; put it in quotes")
        refuse_comment(node, self.file, self.above)
        if control_character(value):
            raise SeedError(self.file, line, f"“{key}” must be one line of plain text")
        return value

    def _items(self, key: str) -> list[yaml.Node]:
        node = self._required(key)
        if not isinstance(node, yaml.SequenceNode):
            raise self.fault(key, f"“{key}” must be a list; start each line of it with a hyphen")
        items: list[yaml.Node] = node.value
        return items

    def _fields(self, node: yaml.Node, name: str) -> "Fields":
        return _of_node(node, self.file, self.above, name)


def parse(text: str, file: str, above: int = 0) -> Fields:
    """Read the one mapping that a YAML text holds.

    Args:
        text: the YAML.
        file: the file's name, for messages.
        above: how many lines of the file stand above `text`.

    Raises:
        SeedError: the text is not YAML, or it holds something else than one mapping.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        refuse_signs(text, file, above)
    except yaml.MarkedYAMLError as error:
        raise _refused(error, file, above) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise SeedError(file, above + 1, "cannot be read as YAML; write it again") from error
    if node is None:
        raise SeedError(file, above + 1, "holds no fields; write them as “key: text”")
    return _of_node(node, file, above, "this")


def _refused(error: yaml.MarkedYAMLError, file: str, above: int) -> SeedError:
    """The two most common mistakes have their own messages. For the others, YAML's message is used."""
    mark, words = error.problem_mark, f"{error.problem}; put special characters in quotes"
    if error.context == "while scanning a quoted scalar":
        mark, words = error.context_mark, "a quote that is never closed; close it"
    elif error.problem == "mapping values are not allowed here":
        words = "a second colon in one line; put the text in quotes"
    line = (mark.line if mark else 0) + above + 1
    return SeedError(file, line, f"cannot be read as YAML: {words}")


def _of_node(node: yaml.Node, file: str, above: int, name: str) -> Fields:
    if not isinstance(node, yaml.MappingNode):
        raise SeedError(file, _line(node, above), f"{name} must hold fields; write “key: text”")
    entries: dict[str, tuple[int, yaml.Node]] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise SeedError(file, _line(key, above), "a key must be a word; write “key: text”")
        if key.value in entries:
            raise SeedError(file, _line(key, above), f"“{key.value}” stands twice; delete one")
        entries[key.value] = _line(key, above), value
    return Fields(file, _line(node, above), entries, above)


def _line(node: yaml.Node, above: int) -> int:
    return int(node.start_mark.line) + above + 1


def _zoned(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("no zone")
    return moment
