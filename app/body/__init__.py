"""The story's body as a structured document. Pure Python: no web, no database.

`document` reads and holds a body, `schema` says what it may contain, and `links` where it may link to. A body
can be converted to `html` for readers, to `text` for counting and search, and to `markdown` for the plain
form and for seeds. `diff` makes redlines, and `merge` merges the changes of two editors. `clean` removes open
suggestions and comments, which readers must not see.
"""

from app.body.document import Body
from app.body.errors import BodyError

__all__ = ["Body", "BodyError"]
