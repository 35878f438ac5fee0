"""The page cache: whole public pages, answered before Flask is asked (ARCHITECTURE section 4).

A page is stamped with the edition that it was made under. While that is the current one, its ready bytes
are the answer; after it, the page is made anew, once for all who wait. `create_app` puts it in front. Code
that shows readers what is right for a while only says so with `due`.
"""

from app.core.pagecache.cache import PageCache, attach
from app.core.pagecache.due import due

__all__ = ["PageCache", "attach", "due"]
