"""What a reader typed is shown as typed, and nothing in it acts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.discussion.domain import text as texts
from dateline.discussion.domain.status import HOUSE_RULES, rule_text

TEXT = st.text(st.characters(codec="utf-8"), max_size=80)


def linked(address):
    return f'<a href="{address}" rel="ugc nofollow noopener">{address}</a>'


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("One.\nTwo.\n\n\nThree.", "<p>One.<br>Two.</p><p>Three.</p>"),
        ("> said she\n> yes\n\nNo.", "<blockquote><p>said she<br>yes</p></blockquote><p>No.</p>"),
        ("> half\na quote", "<p>&gt; half<br>a quote</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        (
            "See https://a.example/b?c=1&d=2, now.",
            "<p>See " + linked("https://a.example/b?c=1&amp;d=2") + ", now.</p>",
        ),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        (
            "（https://a.example/海）",
            f"<p>（{linked('https://a.example/海')}）</p>",
        ),
    ],
)
def test_it_becomes_paragraphs_quotes_and_links(typed, html):
    assert texts.html_of(typed) == html


@given(TEXT)
def test_no_tag_comes_from_a_reader(typed):
    html = texts.html_of(f"{typed}<img src=x onerror=alert(1)>{typed}")

    assert set(re.findall(r"</?([a-z]+)", html)) <= {"p", "br", "blockquote", "a"}
    assert re.findall(r"<[a-z]+ ([a-z]+)=", html) == ["href"] * html.count("<a ")


@given(TEXT)
def test_what_is_stored_is_stable(typed):
    once = texts.typed(typed)

    assert texts.typed(once) == once
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", once)


def test_texts_that_read_the_same_have_one_fingerprint():
    same = {
        texts.fingerprint(text)
        for text in ("It was L A T E.", "it was late", "It wаs 1ate", "IT WAS LATE!")
    }

    assert len({texts.fingerprint("it was late"), texts.fingerprint("IT WAS  LATE!")}) == 1
    assert texts.fingerprint("It was late.") != texts.fingerprint("It was later.")
    assert texts.fingerprint("!!!") != texts.fingerprint("???")
    assert all(re.fullmatch("[0-9a-f]{16}", mark) for mark in same)


def test_links_are_found_without_what_follows_them():
    assert texts.links_in("(https://a.example/), HTTP://B.example. http://") == [
        "https://a.example/", "HTTP://B.example",
    ]  # fmt: skip


def test_a_house_rule_has_words():
    assert rule_text(5) == HOUSE_RULES[5] == "Advertising or spam."
    with pytest.raises(ValueError, match=r"There is no house rule 10\. Give one of 1 to 9\."):
        rule_text(10)
