"""Decides which addresses a story may link to.

The schema (for every stored link) and the Markdown reader use it, and the HTML renderer checks again.
Browsers repair addresses before they follow them (WHATWG URL Standard, section 4.4). So an address is checked
after the same repairs, and in every form that a later escaping or decoding could give it.
"""

import html
import re
import unicodedata
from urllib.parse import unquote

MAX_LENGTH = 2000
SCHEMES = ("http", "https", "mailto", "tel")

# A browser strips C0 controls and spaces at both ends and drops tabs and newlines anywhere.
_ENDS = (
    "".join(map(chr, range(0x21))) + "\x7f\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_ENDS += "".join(map(chr, range(0x2000, 0x200B)))
_DROPPED = str.maketrans("", "", "\t\n\r")
_ESCAPED = str.maketrans({" ": "%20", '"': "%22", "<": "%3C", ">": "%3E", "`": "%60"})

# Control characters, invisible direction marks, noncharacters and surrogates can hide where a link leads.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f]|"
    "[\ufeff\ufff0-\uffff\ud800-\udfff]"
)
_HOST = r"(?:[^\W_](?:[\w.-]{0,252}[^\W_]\.?)?|\[[0-9A-Fa-f:.]{2,45}\])"
_WEB = re.compile(rf"https?://({_HOST})(?::[0-9]{{1,5}})?(?:[/?#].*)?", re.IGNORECASE)
_MAIL = re.compile(
    r"mailto:[^\s@:/?#,;()\[\]]{1,64}@[^\W_][\w.-]{0,252}(?:\?[^@\s]*)?", re.IGNORECASE
)
_TEL = re.compile(r"tel:\+?[0-9][0-9().-]{0,30}(?:;[a-z0-9=.+-]{1,60})?", re.IGNORECASE)
_LEAVES_SITE = re.compile(r"/(?:\.{0,2}/|[\s/]*[/\\])")
_LINE_IN_MAIL = re.compile(r"%0[ad]", re.IGNORECASE)


def safe_href(text: str) -> str | None:
    """The address as it may be stored and printed, or None if a story may not link there.

    Args:
        text: an untrusted address from an editor, a file or a browser.

    Returns:
        A normal form (`safe_href(safe_href(x)) == safe_href(x)`): ends stripped, scheme and host
        in lower case, spaces and quotes percent-encoded. Allowed are http and https with a host
        and no user name, mailto, tel, and paths on this site (`/politics`, never `//host`).
    """
    cleaned = text.strip(_ENDS).translate(_DROPPED).strip(_ENDS).translate(_ESCAPED)
    if not cleaned or len(cleaned) > MAX_LENGTH or _HIDDEN.search(cleaned) or "\\" in cleaned:
        return None
    tidy = _lower_start(cleaned)
    return tidy if all(_allowed(reading) for reading in _readings(tidy)) else None


def _lower_start(address: str) -> str:
    """Puts the scheme and the host, if any, in lower case, and removes spaces from telephone numbers."""
    scheme, colon, rest = address.partition(":")
    if not colon or scheme.lower() not in SCHEMES:
        return address
    if scheme.lower() == "tel":
        return "tel:" + rest.replace("%20", "")
    found = _WEB.fullmatch(address)
    if found:
        end = found.end(1)
        return address[:end].lower() + address[end:]
    return scheme.lower() + ":" + rest


def _readings(address: str) -> set[str]:
    """The address, and the addresses that it becomes if it is decoded once too often."""
    decoded = html.unescape(html.unescape(address))
    return {
        address,
        decoded.strip(_ENDS).translate(_DROPPED),
        unicodedata.normalize("NFKC", address),
    }


def _allowed(address: str) -> bool:
    if address.startswith("/"):
        return not _LEAVES_SITE.match(address) and not _LEAVES_SITE.match(unquote(address))
    if _MAIL.fullmatch(address):
        return not _LINE_IN_MAIL.search(address)
    return bool(_WEB.fullmatch(address) or _TEL.fullmatch(address))


def is_external(href: str) -> bool:
    """Whether a link leads to another site (mail and telephone links do not)."""
    return href.lower().startswith(("http://", "https://"))


def is_site_path(href: str) -> bool:
    """Whether an address is a safe path on this site, in its normal form."""
    return href.startswith("/") and safe_href(href) == href


def host_of(href: str) -> str:
    """The host of an http or https address without its port, or an empty string."""
    found = _WEB.fullmatch(href)
    return found[1].rstrip(".") if found else ""
