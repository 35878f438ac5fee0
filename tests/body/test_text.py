"""Plain text, words and summaries, in more scripts than one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.body.text import plain, summary, word_count
from app.body.words import count, tokens
from tests.body.bodies import body, items, node, paragraph


def test_plain_text_has_everything_that_readers_read() -> None:
    story = body(
        paragraph("One", {"type": "hard_break"}, "two"),
        node("bullet_list", *items("a", "b")),
        node("pullquote", "Said", attribution="Her"),
        node("factbox", paragraph("fact"), title="Title"),
        node("figure", "cap", picture=1, alt="unseen", credit="Credit"),
        node("related", href="/a", headline="Elsewhere"),
        node("divider"),
    )
    assert plain(story).split("\n\n") == [
        "One\ntwo", "a", "b", "Said", "Her", "Title", "fact", "cap", "Credit",
    ]  # fmt: skip
    assert word_count(story) == 10


WORDS = [
    ("", 0),
    ("Thursday’s high-level talks — in Moscow.", 5),
    ("don't", 1),
    ("a – b … !", 2),
    ("3.5 percent", 2),
    ("1,200 of 40 % at 8:30", 5),
    ("۱٬۲۰۰ نفر", 2),
    ("مرحبا بالعالم", 2),
    ("مَرْحَبًا بِالعالم", 2),
    ("שָׁלוֹם עוֹלָם", 2),
    ("क्षत्रिय नमस्ते", 2),
    ("我是学生。", 4),
    ("こんにちは、世界", 7),
    ("안녕하세요 세계", 2),
    ("Привет, мир", 2),
    ("สวัสดีชาวโลก", 2),
    ("naïve cafe\u0301", 2),
    ("😀 😀", 0),
]


@pytest.mark.parametrize(("words", "number"), WORDS)
def test_words_are_counted_in_any_script(words: str, number: int) -> None:
    assert count(words) == number


@given(st.text())
def test_tokens_are_the_text(words: str) -> None:
    assert "".join(tokens(words)) == words


def test_a_summary_ends_between_words() -> None:
    story = body(node("heading", "Not this"), "One two three.", "Four, five six.")
    assert summary(story, 100) == "One two three. Four, five six."
    assert summary(story, 21) == "One two three. Four…"
    assert summary(story, 19) == "One two three.…"
    assert summary(body("x" * 50), 10) == "x" * 9 + "…"


@given(st.text(), st.integers(1, 40))
def test_a_summary_is_never_longer_than_asked(words: str, limit: int) -> None:
    clean = "".join(letter for letter in words if letter.isprintable())
    assert len(summary(body(clean or "x"), limit)) <= limit
