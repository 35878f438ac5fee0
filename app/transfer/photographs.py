"""Develops the photographs of seeds, before the transaction in which `transfer/seeding` stores them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.core.db import db
from app.core.errors import NotReady
from app.media.development import Photograph, develop_file, read
from app.media.models import Picture
from app.media.queries import picture_of
from app.transfer.seedvalues import Seeds, SeedStory

Photographs = Mapping[Path, Photograph]
"""The developed photographs by the files that the seeds name."""


def develop_photographs(seeds: Seeds, instance: Path) -> Photographs:
    """Develop the photographs in `seeds`, which takes seconds for each that the site does not have yet.

    Raises `SeedError` for a file that cannot be shown, and `RuntimeError` inside a transaction.
    """
    return {
        story.lead.file: _photograph(story.lead.file, story, instance)
        for story in seeds.stories
        if story.lead is not None and story.lead.file is not None
    }


def _photograph(file: Path, story: SeedStory, instance: Path) -> Photograph:
    try:
        picture = picture_of(read(file))
        db.session.rollback()  # no transaction stays open while it is developed
        return develop_file(file, instance) if picture is None else _of(picture)
    except NotReady as error:
        raise story.fault("lead", f"{file.name}: {error}") from error


def _of(picture: Picture) -> Photograph:
    return Photograph(picture.key, picture.media_type, picture.width, picture.height, picture.size)
