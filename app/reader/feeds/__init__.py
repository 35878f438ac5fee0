"""Feeds of the site, a section, a topic or an author: one list of entries, printed in three formats."""

from app.reader.feeds import atom, jsonfeed, rss

# Media type and file name of each format, for the heads of pages.
FORMATS = tuple((each.MEDIA_TYPE, each.NAME) for each in (rss, atom, jsonfeed))
