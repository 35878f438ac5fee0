"""The story's body as a structured document. Pure Python: no web, no database.

`document` reads and holds a body, `schema` says what it may contain, `links` where it may point.
From a body come `html` for readers, `text` for counting and search, `markdown` for the plain form
and for seeds, `diff` for redlines and `merge` for two editors saving at once. `clean` settles open
suggestions the way readers see them.
"""

from app.body.document import Body
from app.body.errors import BodyError

__all__ = ["Body", "BodyError"]
