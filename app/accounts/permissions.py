"""The one table that says who may do what; the code, the tests and `stet roles` read it.

`MAY` gives each act's reach for each role. `ROUTES` gives each newsroom route its act: a route without
a row answers 404 to everybody, and a test fails on it.
"""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in the newsroom; everyone has exactly one."""

    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    ADMIN = "admin"


class Act(StrEnum):
    """Something that a person may be allowed to do."""

    READ = "open the newsroom"
    START = "start a story"
    EDIT = "edit a story"
    SUBMIT = "send a story for review"
    SEND_BACK = "send a story back"
    PUBLISH = "publish a story"
    WITHDRAW = "withdraw a story"
    RESTORE = "bring back an older version"
    MANAGE_PEOPLE = "add people and change their roles"


class Reach(StrEnum):
    """On which stories an act may be done."""

    NONE = "no"
    OWN = "own stories"
    ANY = "any story"


_EVERYWHERE = dict.fromkeys(Role, Reach.ANY)
_NOT_FOR_CONTRIBUTORS = {
    Role.CONTRIBUTOR: Reach.NONE,
    Role.EDITOR: Reach.ANY,
    Role.ADMIN: Reach.ANY,
}
_OWN_FOR_CONTRIBUTORS = _NOT_FOR_CONTRIBUTORS | {Role.CONTRIBUTOR: Reach.OWN}
_ADMINS_ONLY = _NOT_FOR_CONTRIBUTORS | {Role.EDITOR: Reach.NONE}

MAY: dict[Act, dict[Role, Reach]] = {
    Act.READ: _EVERYWHERE,
    Act.START: _EVERYWHERE,
    Act.EDIT: _OWN_FOR_CONTRIBUTORS,
    Act.SUBMIT: _OWN_FOR_CONTRIBUTORS,
    Act.SEND_BACK: _NOT_FOR_CONTRIBUTORS,
    Act.PUBLISH: _NOT_FOR_CONTRIBUTORS,
    Act.WITHDRAW: _NOT_FOR_CONTRIBUTORS,
    Act.RESTORE: _OWN_FOR_CONTRIBUTORS,
    Act.MANAGE_PEOPLE: _ADMINS_ONLY,
}


class Access(StrEnum):
    """Routes that need no act: open to everybody, or to everybody who has signed in."""

    PUBLIC = "everybody"
    SIGNED_IN = "everybody signed in"


# Acts that are not done to one story: for these there is yes or no.
WITHOUT_STORY = frozenset({Act.READ, Act.START, Act.MANAGE_PEOPLE})

ROUTES: dict[str, Act | Access] = {
    # the public site
    "static": Access.PUBLIC,
    "media.file": Access.PUBLIC,
    "reader.front": Access.PUBLIC,
    "reader.category": Access.PUBLIC,
    "reader.author": Access.PUBLIC,
    "reader.topic": Access.PUBLIC,
    "reader.article": Access.PUBLIC,
    "reader.changes.of_story": Access.PUBLIC,
    "reader.changes.of_page": Access.PUBLIC,
    "reader.changes.corrections": Access.PUBLIC,
    "reader.search.show": Access.PUBLIC,
    "reader.feeds.site": Access.PUBLIC,
    "reader.feeds.corrections": Access.PUBLIC,
    "reader.feeds.category": Access.PUBLIC,
    "reader.feeds.topic": Access.PUBLIC,
    "reader.feeds.author": Access.PUBLIC,
    "reader.sitemaps.index": Access.PUBLIC,
    "reader.sitemaps.lists": Access.PUBLIC,
    "reader.sitemaps.authors": Access.PUBLIC,
    "reader.sitemaps.topics": Access.PUBLIC,
    "reader.sitemaps.part": Access.PUBLIC,
    "reader.sitemaps.news": Access.PUBLIC,
    "reader.oembed.show": Access.PUBLIC,
    "reader.offline.kept": Access.PUBLIC,
    "reader.offline.worker": Access.PUBLIC,
    "reader.discovery.robots": Access.PUBLIC,
    "reader.discovery.security": Access.PUBLIC,
    "reader.discovery.icon": Access.PUBLIC,
    "reader.discovery.touch_icon": Access.PUBLIC,
    # signing in and out
    "newsroom.accounts.home": Access.SIGNED_IN,
    "newsroom.accounts.sign_in": Access.PUBLIC,
    "newsroom.accounts.start_session": Access.PUBLIC,
    "newsroom.accounts.show_link": Access.PUBLIC,
    "newsroom.accounts.use_link": Access.PUBLIC,
    "newsroom.accounts.end_session": Access.SIGNED_IN,
    # stories
    "newsroom.articles.index": Act.READ,
    "newsroom.articles.new": Act.START,
    "newsroom.articles.create": Act.START,
    "newsroom.articles.edit": Act.EDIT,
    "newsroom.articles.save": Act.EDIT,
    "newsroom.articles.reopen": Act.EDIT,
    "newsroom.articles.revision": Act.EDIT,
    "newsroom.articles.preview": Act.EDIT,
    "newsroom.articles.revisions": Act.EDIT,
    "newsroom.articles.compare": Act.EDIT,
    "newsroom.articles.restore": Act.RESTORE,
    # publishing
    "newsroom.publishing.show": Act.EDIT,
    "newsroom.publishing.publish": Act.PUBLISH,
    "newsroom.publishing.withdraw": Act.WITHDRAW,
    "newsroom.publishing.submit": Act.SUBMIT,
    "newsroom.publishing.send_back": Act.SEND_BACK,
}


def in_words(role: Role, act: Act) -> str:
    """What the table says of `role` and `act`, as `stet roles` prints it."""
    found = reach(role, act)
    return "yes" if act in WITHOUT_STORY and found is Reach.ANY else found.value


def reach(role: Role, act: Act) -> Reach:
    """On which stories someone in `role` may do `act`."""
    return MAY[act][role]
