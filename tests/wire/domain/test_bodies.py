"""Bodies: no visible word lost or moved, the shape kept, nothing in it that could act."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dateline import markup
from dateline.wire.domain import bodies, plain
from dateline.wire.domain.errors import WireFormatError
from tests.wire.domain.reading import squeezed, visible_in_tree

TAGS = [
    "p",
    "div",
    "section",
    "header",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "caption",
    "pre",
    "blockquote",
    "figure",
    "figcaption",
    "a",
    "b",
    "em",
    "i",
    "span",
    "strong",
    "sup",
    "center",
    "article",
    "address",
    "byline",
    "hl1",
    "block",
    "unknown",
    "body.head",
    "media",
    "abbr",
    "Company",
    "CITAT",
    "MELLIS",
    "details",
    "summary",
    "form",
]
WORDS = st.text(alphabet="abc &<>\"'é語\n\t .", max_size=12)


def trees(depth=4):
    """Mark-up of any shape, legal or not, as nested (tag, text, children, tail)."""
    leaf = st.tuples(st.sampled_from(TAGS), WORDS, st.just([]), WORDS)
    if depth == 0:
        return leaf
    below = st.lists(trees(depth - 1), max_size=3)
    return st.one_of(leaf, st.tuples(st.sampled_from(TAGS), WORDS, below, WORDS))


def built(tree):
    tag, text, below, tail = tree
    element = etree.Element(tag, href="https://x.test/") if tag == "a" else etree.Element(tag)
    element.text, element.tail = text, tail
    element.extend([built(one) for one in below])
    return element


@given(st.lists(trees(), max_size=4), WORDS)
def test_no_visible_word_of_any_tree_is_lost_or_moved(below, text):
    body = etree.Element("body")
    body.text = text
    body.extend([built(one) for one in below])

    read = bodies.from_tree(body)

    assert squeezed(read.text) == squeezed(visible_in_tree(body))
    assert squeezed(markup.text_of(read.html or "")) == squeezed(read.text)
    assert markup.clean(read.html or "", link_rel=markup.WIRE_LINKS) == (read.html or "")


@given(st.lists(trees(2), max_size=3))
def test_no_visible_word_of_html_sent_as_text_is_lost_or_moved(below):
    flat = [one for one in below if one[0] in ("p", "div", "ul", "li", "b", "h2", "blockquote")]
    sent = "".join(etree.tostring(built(one), encoding="unicode", method="html") for one in flat)
    parsed = etree.fromstring(f"<body>{sent}</body>", etree.HTMLParser())

    read = bodies.from_html(sent, source="x")

    assert squeezed(read.text) == squeezed("" if parsed is None else visible_in_tree(parsed))


@given(st.lists(st.text(alphabet="ab <&\t  é.", max_size=30), max_size=12), st.booleans())
def test_no_word_of_plain_text_is_lost_or_moved(lines, indents):
    text = "\n".join(lines)

    shown = markup.text_of(plain.html_of(text, indents=indents))

    assert squeezed(shown) == squeezed(text)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<div>a<div>b</div>c</div>", "<p>a</p><p>b</p><p>c</p>"),
        ("<h1>a</h1>", "<h2>a</h2>"),
        ("<b> <ul><li>a</li></ul></b>", "<ul><li>a</li></ul>"),
        ("<a href='https://x.test/'><h2>a</h2></a>",
         '<h2><a href="https://x.test/" rel="nofollow noopener">a</a></h2>'),
        ("<a href='/relative'>a</a>", "<p>a</p>"),
        ("<a>a</a>", "<p>a</p>"),
        ("<table>x<tr>y<td>z</td></tr></table>",
         "<table><tbody><tr><td>x</td></tr><tr><td>y</td><td>z</td></tr></tbody></table>"),
        ("<table><tr></tr></table>a", "<p>a</p>"),
        ("<table><tbody></tbody><p>a</p></table>", "<table><tbody><tr><td><p>a</p></td></tr></tbody></table>"),
        ("<dl>x<dt>a</dt><dd>b</dd></dl>", "<dl><dd>x</dd><dt>a</dt><dd>b</dd></dl>"),
        ("<ul><li></li></ul><ul><li>a</li></ul>", "<ul><li>a</li></ul>"),
        ("<pre> a\n  b </pre><pre> </pre>", "<pre> a\n  b </pre>"),
        ("<blockquote></blockquote><header></header>a", "<p>a</p>"),
        ("<p>a</p><!-- no --><?no?>", "<p>a</p>"),
        ("a<script>x</script><style>y</style>b", "<p>ab</p>"),
        ("<p>a<br/>b<hr/>c</p>", "<p>a<br>b</p><hr><p>c</p>"),
    ],
)  # fmt: skip
def test_the_shape_is_kept_in_few_tags(sent, kept):
    assert bodies.from_html(sent, source="x").html == kept


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<b><p>a</p>b</b>", "<p><b>a</b></p><p><b>b</b></p>"),
        ("<i><ul><li>a</li></ul>b</i>", "<ul><li>a</li></ul><p><i>b</i></p>"),
        ("<h2>a<p>b</p></h2>", "<h2>a</h2><p>b</p>"),
        ("<x>&#8212;<Company>a</Company></x>", "<p>—a</p>"),
    ],
)
def test_the_shape_of_mark_up_no_browser_would_build_is_kept_too(sent, kept):
    assert bodies.from_tree(etree.fromstring(f"<body>{sent}</body>")).html == kept


def test_a_paragraph_of_hard_lines_becomes_the_paragraphs_it_is():
    sent = "<p>(Adds detail)\n    First line\nof the second.\n\nThird.</p>"

    assert bodies.from_html(sent, source="x").html == (
        "<p>(Adds detail)</p><p>First line\nof the second.</p><p>Third.</p>"
    )


def test_a_paragraph_that_is_only_printed_with_indents_stays_one():
    sent = "<p>First\n      line\n      and more.</p>"

    assert bodies.from_html(sent, source="x").text == "First line and more."


def test_a_table_set_with_spaces_keeps_its_columns():
    sent = (
        "<p>Prices:\n\nGold     1,200.00   up\nSilver      17.14   up\nLead         0.99   down</p>"
    )

    assert bodies.from_html(sent, source="x").html == (
        "<p>Prices:</p><pre>Gold     1,200.00   up\nSilver      17.14   up\nLead         0.99   down</pre>"
    )


def test_pictures_are_noted_and_counting_pixels_are_not():
    sent = (
        '<img src="a.jpg" alt="Pier" width="640" height="x"><img src="p.gif" width="1" height="1">'
        '<img src="data:image/png;base64,AA"><img alt="none">'
    )

    (picture,) = bodies.from_html(sent, source="x").pictures

    assert (picture.href, picture.alt_text, picture.width, picture.height) == (
        "a.jpg",
        "Pier",
        640,
        None,
    )


def test_what_cannot_be_kept_is_told():
    sent = '<iframe src="https://maps.test">fallback</iframe><embed>'

    assert bodies.from_html(sent, source="x").warnings == (
        "An embedded iframe was left out: https://maps.test.",
        "An embedded embed was left out: no address.",
    )


def test_notes_for_editors_leave_the_body():
    read = bodies.from_html(
        '<p>a</p><div class="x np-nonpublic"><p>Ben</p><p>555</p></div>', source="x"
    )

    assert (read.text, read.for_editors) == ("a", ("Ben\n555",))


@pytest.mark.parametrize(
    "sent", ["", "  ", "<p> </p>", "<script>x</script>", pytest.param("\x00", id="NUL")]
)
def test_nothing_to_read_is_no_body(sent):
    assert bodies.from_html(sent, source="x") == bodies.Body()
    assert bodies.from_plain(sent if "<s" not in sent else "", source="x") == bodies.Body()


def test_control_characters_and_broken_surrogates_do_not_get_in():
    read = bodies.from_html("<p>a\x00\x07b\ud800c</p>", source="x")

    assert read.text == "ab\ufffdc"
    assert bodies.from_plain("a\r\nb\x1f\ud83d\ude00", source="x").text == "a b😀"


@pytest.mark.parametrize("reader", [bodies.from_html, bodies.from_plain])
def test_a_body_so_long_that_a_parser_would_drop_it_is_refused(reader):
    with pytest.raises(WireFormatError, match=r"body: it has 2,000,001 characters; the limit is"):
        reader("a" * 2_000_001, source="x.json")


def test_long_lines_cost_no_more_than_short_ones():
    assert len(bodies.from_html("<b>a </b>" * 40_000, source="x").text) == 79_999


def test_html_nested_too_deeply_is_refused():
    with pytest.raises(WireFormatError, match=r"more than 100 levels|cannot be read"):
        bodies.from_html("<div>" * 5_000 + "a", source="x.json")


@pytest.mark.parametrize(
    ("sent", "left"),
    [
        ("<header><ul><li>x</li></ul><h2>Ferry</h2></header><p>a</p>", "<p>a</p>"),
        ("<h2> FERRY </h2><p>a</p>", "<p>a</p>"),
        ("<h2>Other</h2><p>a</p>", "<h2>Other</h2><p>a</p>"),
        ("<p>a</p><h2>Ferry</h2>", "<p>a</p><h2>Ferry</h2>"),
        (None, ""),
    ],
)
def test_a_story_begins_without_what_it_shows_elsewhere(sent, left):
    assert bodies.for_story(sent, headline="Ferry") == left


def test_without_a_headline_no_heading_is_taken_away():
    assert bodies.for_story("<h2></h2><p>a</p>", headline=None) == "<h2></h2><p>a</p>"


@given(st.text(max_size=200))
def test_no_text_at_all_breaks_a_body(text):
    for read in (bodies.from_html(text, source="x"), bodies.from_plain(text, source="x")):
        assert (read.html is None) == (read.text is None)
        assert not re.search(r"<(script|img|iframe|style)\b", read.html or "")


def test_escaped_text_stays_text():
    sent = "<p>" + html.escape("<script>alert(1)</script>") + "</p>"

    assert bodies.from_html(sent, source="x").text == "<script>alert(1)</script>"
