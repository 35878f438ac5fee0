"""Reads the files under `seeds/`: taxonomy, authors and stories, and checks that they agree.

`stet seed` calls `read_seeds` before it changes the database, so nothing is loaded when a file has a fault.
Every function raises `SeedError` with file, line and fault. No database is used here.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from app.articles.languages import LANGUAGES
from app.articles.models import ArticleKind
from app.body import Body, BodyError
from app.body.markdown import read
from app.taxonomy.name_key import name_key
from app.transfer.fields import Fields, parse
from app.transfer.seedvalues import (
    SeedAuthor,
    SeedCategory,
    SeedLead,
    Seeds,
    SeedStory,
    SeedTaxonomy,
    SeedTopic,
)
from app.transfer.textfile import SeedError, read_text, shown

PLACEHOLDER = "placeholder"
"""The value of `picture:` for a drawing by `app.media.placeholder`."""

STORY_KEYS = (
    *("headline", "short_headline", "standfirst", "category", "authors", "topics"),
    *("slug", "language", "published", "lead"),
)
PAGE_KEYS = ("headline", "short_headline", "standfirst", "slug", "language", "published")


def read_seeds(folder: Path) -> Seeds:
    """Read `taxonomy.yaml`, `authors.yaml`, `stories/*.md` and `pages/*.md`, and check every name."""
    taxonomy = read_taxonomy(folder / "taxonomy.yaml")
    authors = read_authors(folder / "authors.yaml")
    stories = [read_story(path) for path in sorted((folder / "stories").glob("*.md"))]
    pages = [read_page(path) for path in sorted((folder / "pages").glob("*.md"))]
    for story in stories:
        _refuse_unknown_names(story, taxonomy, authors)
    _refuse_shared_slugs([*stories, *pages])
    return Seeds(taxonomy, authors, _by_age(stories), _by_age(pages))


def _by_age(stories: Iterable[SeedStory]) -> tuple[SeedStory, ...]:
    return tuple(sorted(stories, key=lambda story: (story.published, story.slug)))


def read_taxonomy(path: Path) -> SeedTaxonomy:
    """Read the categories, in the order of the menu, and the topics."""
    fields = parse(read_text(path), shown(path)).only("categories", "topics")
    categories = _distinct(fields, "categories", "slug", "name", "description")
    topics = _distinct(fields, "topics", "slug", "name")
    return SeedTaxonomy(
        tuple(
            SeedCategory(item.slug("slug"), item.text("name", 80), item.text("description"))
            for item in categories
        ),
        tuple(SeedTopic(item.slug("slug"), item.text("name", 80)) for item in topics),
    )


def read_authors(path: Path) -> tuple[SeedAuthor, ...]:
    """Read the authors of stories."""
    fields = parse(read_text(path), shown(path)).only("authors")
    return tuple(
        SeedAuthor(item.slug("slug"), item.text("name", 120), item.optional_text("about", 1000))
        for item in _distinct(fields, "authors", "slug", "name", "about")
    )


def _distinct(fields: Fields, key: str, *known: str) -> list[Fields]:
    """The mappings listed under `key`, after checking that no two have the same slug or name."""
    items = [item.only(*known) for item in fields.mappings(key)]
    for unique in ("slug", "name"):
        seen: set[str] = set()
        for item in items:
            text = item.text(unique)
            key = name_key(text) if unique == "name" else text
            if key in seen:
                raise item.fault(unique, f"the {unique} “{text}” is taken above; choose another")
            seen.add(key)
    return items


def read_story(path: Path) -> SeedStory:
    """Read one story: front matter between two lines of `---`, then the body as Markdown."""
    file, text = shown(path), read_text(path)
    front, markdown, above = _halves(text, file)
    fields = parse(front, file, above=1).only(*STORY_KEYS)
    authors = fields.texts("authors")
    topics = fields.texts("topics") if "topics" in fields.entries else ()
    if not authors:
        raise fields.fault("authors", "“authors” is empty; name who signs the story")
    lines = {key: fields.line_of(key) for key in STORY_KEYS}
    lines |= {f"authors: {name}": line for name, line in authors}
    lines |= {f"topics: {name}": line for name, line in topics}
    return SeedStory(
        kind=ArticleKind.STORY,
        file=file,
        slug=fields.slug("slug"),
        headline=fields.text("headline"),
        short_headline=fields.text("short_headline"),
        standfirst=fields.optional_text("standfirst", 1000),
        category=fields.text("category"),
        authors=tuple(name for name, _ in authors),
        topics=tuple(name for name, _ in topics),
        language=fields.one_of("language", LANGUAGES),
        published=fields.moment("published"),
        lead=_lead(fields, path) if "lead" in fields.entries else None,
        body=_body(markdown, file, above),
        digest=hashlib.sha256(text.encode()).hexdigest(),
        lines=lines,
    )


def read_page(path: Path) -> SeedStory:
    """Read one page (about, contact): front matter and Markdown, as in a story."""
    file, text = shown(path), read_text(path)
    front, markdown, above = _halves(text, file)
    fields = parse(front, file, above=1).only(*PAGE_KEYS)
    return SeedStory(
        kind=ArticleKind.PAGE,
        file=file,
        slug=fields.slug("slug"),
        headline=fields.text("headline"),
        short_headline=fields.optional_text("short_headline"),
        standfirst=fields.optional_text("standfirst", 1000),
        category="",
        authors=(),
        topics=(),
        language=fields.one_of("language", LANGUAGES),
        published=fields.moment("published"),
        lead=None,
        body=_body(markdown, file, above),
        digest=hashlib.sha256(text.encode()).hexdigest(),
        lines={key: fields.line_of(key) for key in PAGE_KEYS},
    )


def _halves(text: str, file: str) -> tuple[str, str, int]:
    """Front matter, body, and the number of lines above the body."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise SeedError(file, 1, "front matter is missing; begin the file with a line of ---")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise SeedError(file, 1, "front matter has no end; close it with a line of ---")
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 1


def _lead(story: Fields, path: Path) -> SeedLead:
    lead = story.mapping("lead").only("picture", "caption", "credit", "alt")
    return SeedLead(
        file=_picture(lead, path.parent.parent / "pictures"),
        caption=lead.text("caption", 1000),
        credit=lead.text("credit"),
        alt=lead.text("alt", 1000),
    )


def _picture(lead: Fields, folder: Path) -> Path | None:
    name = lead.text("picture")
    if name == PLACEHOLDER:
        return None
    if name != Path(name).name or not (folder / name).is_file():
        where = f"write {PLACEHOLDER}, or the name of a file in {shown(folder)}"
        raise lead.fault("picture", f"there is no picture “{name}”; {where}")
    return folder / name


def _body(markdown: str, file: str, above: int) -> Body:
    if not markdown.strip():
        raise SeedError(file, above, "the story has no text; write it below the front matter")
    try:
        return read(markdown)
    except BodyError as error:
        # The Markdown reader counts the lines of the body, but people need the line in the file.
        raise SeedError(file, above + (error.line or 1), error.problem) from error


def _refuse_unknown_names(
    story: SeedStory, taxonomy: SeedTaxonomy, authors: Iterable[SeedAuthor]
) -> None:
    _refuse_unknown(story, "category", [story.category], [c.name for c in taxonomy.categories])
    _refuse_unknown(story, "authors", story.authors, [author.name for author in authors])
    _refuse_unknown(story, "topics", story.topics, [topic.name for topic in taxonomy.topics])


def _refuse_unknown(story: SeedStory, key: str, names: Iterable[str], known: list[str]) -> None:
    for name in names:
        if name not in known:
            place = key if key == "category" else f"{key}: {name}"
            file = "authors.yaml" if key == "authors" else "taxonomy.yaml"
            problem = f"no such {key.rstrip('s')}, “{name}”; add it to {file}, or use one of"
            raise story.fault(place, f"{problem} {', '.join(known) or 'none yet'}")


def _refuse_shared_slugs(stories: Iterable[SeedStory]) -> None:
    first: dict[str, str] = {}
    for story in stories:
        if story.slug in first:
            other = first[story.slug]
            raise story.fault("slug", f"“{story.slug}” is the slug of {other} too; change one")
        first[story.slug] = story.file
