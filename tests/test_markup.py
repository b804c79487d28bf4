"""Safe HTML: nothing in it can act, no text is lost, and what a reader sees can be told."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import markup

BADINPUT = Path(__file__).resolve().parent.parent.parent / "shared" / "samples" / "badinput"
ACTING = re.compile(
    r"<\s*(script|iframe|object|embed|form|input|style|svg|math|img|link|meta|base)\b|"
    r"<[^>]*\s(on\w+|style|srcdoc|formaction)\s*=|(href|src)\s*=\s*[\"']?\s*(javascript|data|vbscript):",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<p onclick='x()'>a</p>", "<p>a</p>"),
        ("<script>x()</script>a<style>b{}</style>", "a"),
        ("<p>a<img src=x onerror=y>b</p>", "<p>ab</p>"),
        ("<font>a</font>", "a"),
        ("<a href='javascript:x()'>a</a>", '<a rel="noopener">a</a>'),
        ("<a href='/news/1'>a</a>", '<a href="/news/1" rel="noopener">a</a>'),
        ("<a href='#top'>a</a>", '<a href="#top" rel="noopener">a</a>'),
        ("<a href='//x.test/'>a</a>", '<a rel="noopener">a</a>'),
        ("<a href='/\\\\x.test/'>a</a>", '<a rel="noopener">a</a>'),
        ("<a href='/\t/x.test/'>a</a>", '<a rel="noopener">a</a>'),
        ("<a href='https://x.test/&#10;b'>a</a>", '<a rel="noopener">a</a>'),
        ("<a href='x.html'>a</a>", '<a rel="noopener">a</a>'),
        ("<a href='ftp://x.test/'>a</a>", '<a rel="noopener">a</a>'),
        ("<a href='https://x.test/'>a</a>", '<a href="https://x.test/" rel="noopener">a</a>'),
        ("<a href='mailto:a@x.test'>a</a>", '<a href="mailto:a@x.test" rel="noopener">a</a>'),
        ("<a href='tel:+81-3-0000'>a</a>", '<a href="tel:+81-3-0000" rel="noopener">a</a>'),
        ('<td colspan="2" class="x">a</td>', "a"),
        (
            "<p lang='ja'>日本<ruby>語<rt>ご</rt></ruby>",
            '<p lang="ja">日本<ruby>語<rt>ご</rt></ruby></p>',
        ),
        ("a < b & c", "a &lt; b &amp; c"),
        ("<!-- no -->a", "a"),
        pytest.param("a\ud800", "a?", id="half a letter"),
    ],
)
def test_keeps_what_a_story_may_have_and_nothing_else(sent, kept):
    assert markup.clean(sent) == kept


def test_wire_links_are_no_recommendation():
    cleaned = markup.clean("<a href='https://x.test/'>a</a>", link_rel=markup.WIRE_LINKS)

    assert cleaned == '<a href="https://x.test/" rel="nofollow noopener">a</a>'


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a  b\n c</p><p>d</p>", "a b c\n\nd"),
        ("a<br>b<br>c", "a\nb\nc"),
        ("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "a\nb\n\nc"),
        ("<table><tr><th>a</th><td>b</td></tr><tr><td>c<br>d</td></tr></table>", "a\tb\nc d"),
        ("<td><p>a</p><p>b</p></td>", "a b"),
        ("<pre>a\n   b</pre>", "a\n   b"),
        ("<p>a <b>b</b> c</p>", "a b c"),
        ("<p><b>a</b>b</p>", "ab"),
        ("<script>no</script>a<style>no</style></script>", "a"),
        ("</pre></td>a &amp; b", "a & b"),
        ("<h2>a</h2>\n\n\n<p>b</p>", "a\n\nb"),
        ("a</br>b", "a\nb"),
        ("<p>a<!-- b --><b></b> c</p>", "a c"),
        ("a<![>b", "ab"),
        ("a<![CDATA[b]]>c", "ac"),
        ("a<![if !IE 5]>b<![endif]>", "ab"),
        ("", ""),
    ],
)
def test_tells_what_a_reader_sees(html, text):
    assert markup.text_of(html) == text


@given(st.text(max_size=300))
def test_any_text_becomes_safe_and_stays_so(text):
    once = markup.clean(text)

    assert not ACTING.search(once)
    assert markup.clean(once) == once


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=20)))
def test_escaped_text_is_never_lost(words):
    escaped = (word.replace("&", "&amp;").replace("<", "&lt;") for word in words)

    html = markup.clean("".join(f"<p>{word}</p>" for word in escaped))

    assert "".join(markup.text_of(html).split()) == "".join("".join(words).split())


@pytest.mark.samples
@pytest.mark.parametrize("name", ["dompurify-expect.json", "html5lib-sanitizer-tests1.dat.json"])
def test_no_known_attack_survives(name):
    cases = json.loads((BADINPUT / name).read_text(encoding="utf-8"))
    attacks = [case.get("payload") or case.get("input") for case in cases]
    assert len(attacks) > 50

    for attack in attacks:
        assert not ACTING.search(markup.clean(attack or "")), attack


def test_deep_nesting_costs_no_stack():
    assert markup.text_of(markup.clean("<div>" * 20_000 + "a")) == "a"
