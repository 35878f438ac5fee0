"""The one table that says who may do what: `MAY` gives each act's reach for each role.

Acts ask it through `Actor.require`, lists through `reach`, pages through `Person.may`; `stet roles` prints
it. Which act a page needs is said beside its route (`app/accounts/access.py`).
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
    SUPPRESS = "hide published words from readers"
    RESTORE = "bring back an older version"
    ADD_NAMES = "add authors and topics"
    REVISE_AUTHORS = "rename and describe authors"
    CHOOSE_PORTRAITS = "choose the portrait of an author"
    CHOOSE_SITE_PICTURES = "choose the site’s own picture"
    MANAGE_SECTIONS = "add, rename and order sections"
    ADD_PICTURES = "add pictures"
    DESCRIBE_PICTURES = "look at, describe and credit a picture"
    CROP_PICTURES = "say what crops of a picture show"
    REPLACE_PICTURES = "replace the file of a picture"
    DELETE_PICTURES = "delete a picture that no story uses"
    REVISE_PICTURES = "make a picture’s sizes anew"
    SET_PASSWORD = "set a password"
    MANAGE_PEOPLE = "add people and change their roles"


class Reach(StrEnum):
    """To which subjects an act may be done: none, those that are the person's own, or any."""

    NONE = "no"
    OWN = "own"
    ANY = "any"


_EVERYWHERE = dict.fromkeys(Role, Reach.ANY)
_NOT_FOR_CONTRIBUTORS = {
    Role.CONTRIBUTOR: Reach.NONE,
    Role.EDITOR: Reach.ANY,
    Role.ADMIN: Reach.ANY,
}
_OWN_FOR_CONTRIBUTORS = _NOT_FOR_CONTRIBUTORS | {Role.CONTRIBUTOR: Reach.OWN}
_ADMINS_ONLY = _NOT_FOR_CONTRIBUTORS | {Role.EDITOR: Reach.NONE}
_OWN_BUT_FOR_ADMINS = dict.fromkeys(Role, Reach.OWN) | {Role.ADMIN: Reach.ANY}

MAY: dict[Act, dict[Role, Reach]] = {
    Act.READ: _EVERYWHERE,
    Act.START: _EVERYWHERE,
    Act.EDIT: _OWN_FOR_CONTRIBUTORS,
    Act.SUBMIT: _OWN_FOR_CONTRIBUTORS,
    Act.SEND_BACK: _NOT_FOR_CONTRIBUTORS,
    Act.PUBLISH: _NOT_FOR_CONTRIBUTORS,
    Act.WITHDRAW: _NOT_FOR_CONTRIBUTORS,
    Act.SUPPRESS: _NOT_FOR_CONTRIBUTORS,
    Act.RESTORE: _OWN_FOR_CONTRIBUTORS,
    Act.ADD_NAMES: _EVERYWHERE,  # saving a story adds those that are new in its form
    Act.REVISE_AUTHORS: _NOT_FOR_CONTRIBUTORS,
    Act.CHOOSE_PORTRAITS: _NOT_FOR_CONTRIBUTORS,
    Act.CHOOSE_SITE_PICTURES: _ADMINS_ONLY,
    Act.MANAGE_SECTIONS: _NOT_FOR_CONTRIBUTORS,
    Act.ADD_PICTURES: _EVERYWHERE,
    Act.DESCRIBE_PICTURES: _OWN_FOR_CONTRIBUTORS,
    Act.CROP_PICTURES: _NOT_FOR_CONTRIBUTORS,
    Act.REPLACE_PICTURES: _NOT_FOR_CONTRIBUTORS,
    Act.DELETE_PICTURES: _OWN_FOR_CONTRIBUTORS,
    Act.REVISE_PICTURES: _NOT_FOR_CONTRIBUTORS,
    Act.SET_PASSWORD: _OWN_BUT_FOR_ADMINS,
    Act.MANAGE_PEOPLE: _ADMINS_ONLY,
}

# Acts that are not done to something that may be the person's own: for these there is yes or no.
WITHOUT_SUBJECT = frozenset(
    (
        *(Act.READ, Act.START, Act.ADD_NAMES, Act.REVISE_AUTHORS, Act.MANAGE_SECTIONS),
        *(
            Act.CHOOSE_PORTRAITS,
            Act.CHOOSE_SITE_PICTURES,
            Act.ADD_PICTURES,
            Act.CROP_PICTURES,
            Act.REPLACE_PICTURES,
            Act.REVISE_PICTURES,
            Act.MANAGE_PEOPLE,
        ),
    )
)


def reach(role: Role, act: Act) -> Reach:
    """To which subjects someone in `role` may do `act`."""
    return MAY[act][role]


def in_words(role: Role, act: Act) -> str:
    """What the table says of `role` and `act`, as `stet roles` prints it."""
    found = reach(role, act)
    return "yes" if act in WITHOUT_SUBJECT and found is Reach.ANY else found.value
