"""The acts in the audit log. The values are stored in the database, so they must not change."""

from enum import StrEnum


class Verb(StrEnum):
    """An act that somebody did. Permissions are another list: `app/accounts/permissions.py`."""

    # stories
    START = "start"
    SAVE = "saved"
    RESTORE = "restored"
    SUBMIT = "submit"
    SEND_BACK = "send back"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    SUPPRESS = "hide words"
    UNSUPPRESS = "show words again"
    # people, sections, topics, authors
    ADD = "add"
    REVISE = "revise"
    CHOOSE_PORTRAIT = "choose portrait"
    REMOVE_PORTRAIT = "remove portrait"
    DELETE = "delete"  # of pictures; of sections only in the logs of older sites
    SET_PASSWORD = "set password"
    CHANGE_ROLE = "change role"
    SUSPEND = "suspend"
    RESUME = "resume"
    END_SESSIONS = "end sessions"
    MAKE_SIGN_IN_LINK = "make sign-in link"
    SIGN_IN_BY_LINK = "sign in by link"
    SIGN_IN_BY_PASSWORD = "sign in by password"
    SIGN_OUT = "sign out"
    # pictures
    STORE = "store"
    DEVELOP = "develop"
    DESCRIBE = "describe"
    REPLACE = "replace"
    CROP = "crop"
    # the site
    CHOOSE_PICTURE = "choose picture"
    REMOVE_PICTURE = "remove picture"
    LOAD_DEMO = "load demo"
