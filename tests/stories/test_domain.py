"""Bodies from the wire and words between versions: nothing is lost, nothing is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import markup
from dateline.stories.domain.body import blocks_of, paragraphs_of
from dateline.stories.domain.versions import Copy, word_diff


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("", []),
        ("  ", []),
        ("Loose words", [("text", "<p>Loose words</p>")]),
        ("<p>One</p><p>Two</p>", [("text", "<p>One</p><p>Two</p>")]),
        (
            "<div><p>One</p>loose <b>bold</b><p>Two</p></div>",
            [("text", "<p>One</p><p>loose <b>bold</b></p><p>Two</p>")],
        ),
        ("<h2>Head</h2><p>Text</p>", [("text", "<h3>Head</h3><p>Text</p>")]),
        (
            "<p>Before</p><table><tr><td>1</td></tr></table><p>After</p>",
            [
                ("text", "<p>Before</p>"),
                ("wire", "<table><tr><td>1</td></tr></table>"),
                ("text", "<p>After</p>"),
            ],
        ),
        ("<pre>A  1\nB  2</pre>", [("wire", "<pre>A  1\nB  2</pre>")]),
        ("<p>a</p><!-- note --><p>b</p>", [("text", "<p>a</p><p>b</p>")]),
        (
            "<ul><li>x<table><tr><td>1</td></tr></table></li></ul>",
            [("wire", "<ul><li>x<table><tr><td>1</td></tr></table></li></ul>")],
        ),
    ],
)
def test_agency_html_becomes_blocks_an_editor_can_work_with(html, blocks):
    assert blocks_of(html) == blocks


words = st.text(st.characters(categories=["L", "N"], max_codepoint=0x30FF), min_size=1, max_size=6)
inline = (
    words
    | st.builds("<b>{}</b>".format, words)
    | st.builds('<a href="https://x.example">{}</a>'.format, words)
)
leaf = st.lists(inline, min_size=1, max_size=4).map(" ".join)
block = st.one_of(
    st.builds("<p>{}</p>".format, leaf),
    st.builds("<h2>{}</h2>".format, leaf),
    st.builds("<ul><li>{}</li><li>{}</li></ul>".format, leaf, leaf),
    st.builds("<table><tr><td>{}</td><td>{}</td></tr></table>".format, leaf, leaf),
    st.builds("<pre>{}</pre>".format, leaf),
    st.builds("<blockquote><p>{}</p></blockquote>".format, leaf),
    leaf,
)
body = st.recursive(
    block, lambda inner: st.builds("<div>{} {}</div>".format, inner, inner), max_leaves=6
)


@given(body)
def test_no_visible_word_is_lost_on_the_way_into_a_story(html):
    clean = markup.clean(html)

    kept = " ".join(markup.text_of(value) for _, value in blocks_of(clean))

    assert kept.split() == markup.text_of(clean).split()


@given(st.text(), st.text())
def test_a_comparison_holds_both_texts_whole(old, new):
    pieces = word_diff(old, new)

    assert "".join(p.text for p in pieces if p.state != "added") == old
    assert "".join(p.text for p in pieces if p.state != "removed") == new


def test_a_comparison_names_the_words_that_changed():
    assert [(p.state, p.text) for p in word_diff("ten were hurt", "two were hurt")] == [
        ("removed", "ten "), ("added", "two "), ("same", "were hurt"),
    ]  # fmt: skip
    assert [(p.state, p.text) for p in word_diff("十人が負傷", "二人が負傷")] == [
        ("removed", "十"), ("added", "二"), ("same", "人が負傷"),
    ]  # fmt: skip


def test_a_copy_differs_by_its_words_not_by_white_space():
    one = Copy(headline="A", standfirst="", dateline="", byline="", body="x  y\n\nz")

    assert (
        one.digest()
        == Copy(headline="A", standfirst="", dateline="", byline="", body="x y z").digest()
    )
    assert (
        one.digest()
        != Copy(headline="", standfirst="A", dateline="", byline="", body="x y z").digest()
    )


def test_paragraphs_are_parted_by_empty_lines():
    assert paragraphs_of("One\ntwo\n\n \n\nthree\n") == ["One\ntwo", "three"]
    assert paragraphs_of("") == []
