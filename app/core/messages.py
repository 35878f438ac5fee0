"""Messages about the act just done, shown on the next newsroom page, with an Undo button where possible."""

from __future__ import annotations

from typing import TypedDict, cast

from flask import flash, get_flashed_messages


class Message(TypedDict):
    """One sentence. The Undo button posts `fields` to the address `undo`; there is none if that is empty."""

    text: str
    undo: str
    fields: dict[str, str]


def say(text: str, *, undo: str = "", **fields: object) -> None:
    """Show `text` on the next page, with an Undo button that posts `fields` to the address `undo`."""
    message = Message(
        text=text, undo=undo, fields={name: str(value) for name, value in fields.items()}
    )
    flash(cast("str", message))


def said() -> list[Message]:
    """The messages that are to be shown; reading them removes them."""
    return cast("list[Message]", get_flashed_messages())
