"""What a newsroom page says about the act just done, with a way to undo it where there is one."""

from __future__ import annotations

from typing import TypedDict, cast

from flask import flash, get_flashed_messages


class Message(TypedDict):
    """One sentence; `undo` is an address to POST `fields` to, or empty."""

    text: str
    undo: str
    fields: dict[str, str]


def say(text: str, *, undo: str = "", **fields: object) -> None:
    """Say `text` on the next page, with an Undo button that posts `fields` to the address `undo`."""
    message = Message(
        text=text, undo=undo, fields={name: str(value) for name, value in fields.items()}
    )
    flash(cast("str", message))


def said() -> list[Message]:
    """The messages waiting to be shown; they are gone once read."""
    return cast("list[Message]", get_flashed_messages())
