"""The addresses to which a story may link, and the many disguises of forbidden ones."""

import html
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.body.links import is_external, safe_href

DISGUISES = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "JAVASCRIPT:alert(1)",
    " javascript:alert(1)",
    "\tjavascript:alert(1)",
    "\x01javascript:alert(1)",
    "\x1f\x00javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java\r\nscript:alert(1)",
    "j\na\nv\na\nscript:alert(1)",
    "java\x00script:alert(1)",
    "javascript\t:alert(1)",
    "javascript :alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3a;alert(1)",
    "javascript&#0000058alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "&amp;#106;avascript:alert(1)",
    "javascript%3Aalert(1)",
    "%6Aavascript:alert(1)",
    "javascript\uff1aalert(1)",
    "\uff4aavascript:alert(1)",
    "ｊａｖａｓｃｒｉｐｔ:alert(1)",
    "javaſcript:alert(1)",
    "java\u200bscript:alert(1)",
    "java\u00adscript:alert(1)",
    "\ufeffjavascript:alert(1)",
    "\u202ejavascript:alert(1)",
    "\u00a0javascript:alert(1)",
    "\u2028javascript:alert(1)",
    "javascript://example.org/%0aalert(1)",
    "javascript:https://example.org",
    "vbscript:msgbox(1)",
    "VbScRiPt:msgbox(1)",
    "livescript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "DATA:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "blob:https://example.org/x",
    "file:///etc/passwd",
    "filesystem:https://example.org/x",
    "ftp://example.org/x",
    "ws://example.org/",
    "about:blank",
    "view-source:https://example.org",
    "intent://scan/#Intent;scheme=x;end",
    "chrome://settings",
    "feed:javascript:alert(1)",
    "jar:https://example.org!/",
    "//evil.example",
    "///evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/ /evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/%5cevil.example",
    "/%2fevil.example",
    "/&#47;evil.example",
    "/&sol;evil.example",
    "/&bsol;evil.example",
    "/\uff0fevil.example",
    "/./\\evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "http:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "https:\\\\evil.example",
    "https://user@evil.example/",
    "https://example.org:pass@evil.example/",
    "https://example.org\\@evil.example/",
    "https://example.org%2f@evil.example/",
    "https://example.org/a\\b",
    "/a\\b",
    "https://exa mple.org/",
    "https://example.org\u2044evil.example/",
    "https://ex\u2100mple.org/",
    "https://example.org:port/",
    "https://",
    "https://?x",
    "https://.evil.example",
    "http://[::1",
    "mailto:",
    "mailto:a@b.org%0aBcc:c@d.org",
    "mailto:a@b.org?cc=x%0D%0ABcc:y",
    "mailto:javascript:alert(1)",
    "tel:",
    "tel:javascript:alert(1)",
    "tel:alert(1)",
    'tel:+1;x="onclick',
    "#top",
    "?q=1",
    "politics/talks",
    "www.example.org",
    "",
    " \t\n",
    "/" + "a" * 3000,
    "/a\x00b",
    "/a\ud800b",
    "/a\u202eb",
]


@pytest.mark.parametrize("disguise", DISGUISES, ids=ascii)
def test_a_disguise_is_no_link(disguise: str) -> None:
    assert safe_href(disguise) is None


ALLOWED = [
    ("https://example.org", "https://example.org"),
    (" HTTPS://Example.ORG/Path?Q=1#F \n", "https://example.org/Path?Q=1#F"),
    ("http://example.org:8080/a_(b)", "http://example.org:8080/a_(b)"),
    ("https://пример.рф/страница", "https://пример.рф/страница"),
    ('https://example.org/a b"<c>`', "https://example.org/a%20b%22%3Cc%3E%60"),
    (
        "https://example.org/?a=1&copy=2&x=javascript:1",
        "https://example.org/?a=1&copy=2&x=javascript:1",
    ),
    ("https://example.org/@name", "https://example.org/@name"),
    ("http://[2001:db8::1]/x", "http://[2001:db8::1]/x"),
    ("/politics/talks", "/politics/talks"),
    ("/", "/"),
    ("/search?q=a//b", "/search?q=a//b"),
    ("/a//b", "/a//b"),
    ("MAILTO:News@Example.org", "mailto:News@Example.org"),
    ("mailto:news@example.org?subject=A%20tip", "mailto:news@example.org?subject=A%20tip"),
    ("tel:+49 30 123-45", "tel:+4930123-45"),
    ("https://exam\nple.org/", "https://example.org/"),
    ("https://fa.wikipedia.org/wiki/می\u200cخواهم", "https://fa.wikipedia.org/wiki/می\u200cخواهم"),
]


@pytest.mark.parametrize(("given_address", "stored"), ALLOWED, ids=[ascii(a) for a, _ in ALLOWED])
def test_what_may_be_linked_to(given_address: str, stored: str) -> None:
    assert safe_href(given_address) == stored


_BITS = [
    *[
        "javascript",
        "https",
        "http",
        "mailto",
        "tel",
        ":",
        "/",
        "//",
        "\\",
        "@",
        "a.b",
        "&#58;",
        "%2f",
    ],
    "\t",
    " ",
]
_ANY = st.lists(st.one_of(st.sampled_from(_BITS), st.characters()), max_size=8).map("".join)


@given(_ANY)
def test_an_accepted_address_is_plain_to_see(address: str) -> None:
    href = safe_href(address)
    if href is None:
        return
    assert safe_href(href) == href
    assert href.startswith(("http://", "https://", "mailto:", "tel:", "/"))
    assert not href.startswith("//")
    assert not unquote(html.unescape(href)).startswith(("//", "/\\"))
    assert not set(href) & set('\\"<>` \t\r\n')


def test_which_links_leave_the_site() -> None:
    assert is_external("https://example.org/")
    assert not any(map(is_external, ["/talks", "mailto:a@b.org", "tel:+49"]))
