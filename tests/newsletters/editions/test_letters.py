"""A letter as mail: valid MIME and headers, both parts, nothing that runs, small, quick to draw."""

import email
import re
import time
from datetime import timedelta
from email import policy
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.mail.domain.copies import cut, read
from dateline.mail.domain.letter_look import faint, inverted, look_of
from dateline.mail.queries.drawing import DrawingFailed, html_of
from dateline.newsletters.domain.edition_words import ENGLISH_WORDS, JAPANESE_WORDS
from dateline.newsletters.domain.editions import BlockKind, content_of
from dateline.newsletters.domain.preflight import MOST_BYTES
from dateline.newsletters.domain.segments import Segment, Variant, variant_of
from dateline.newsletters.domain.texts import addresses, linked, tidied
from dateline.newsletters.queries import audiences, letters
from dateline.newsletters.services.recipes import BlockTerms
from dateline.promos.domain.kinds import Slot
from tests.factories.editions import SIX, a_recipe, an_edition
from tests.factories.jobs import a_listing
from tests.factories.newsletters import a_list, a_subscriber
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.promos import a_campaign, a_creative, a_manager
from tests.stories.newspaper import site as site_of

HOSTILE = '"><script>alert(1)</script> <b> & {{ x }} {% now %} ⟦token:x⟧ ＜ </mj-text>'
VOID = {"meta", "img", "br", "link"}


class Well(HTMLParser):
    """Notes every tag, and whether each that is opened is closed in its turn."""

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.wrong, self.attributes = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.wrong.append(tag)


def draw(edition, *, variant=None):
    wanted = variant or audiences.variants_of(edition)[0]
    return letters.drawn(edition, [wanted], at=SIX)[wanted]


def message(one):
    values = {
        "address": "ana@example.test", "date": "Thu, 19 Nov 2026 22:00:00 +0000",
        "message_id": "m1.1@musashi.example", "token:newsletters.out": "a-1",
        "token:newsletters.choose": "b-2",
    }  # fmt: skip
    return email.message_from_bytes(read(cut(one)).joined(values), policy=policy.default)


def test_it_is_a_mail_with_both_parts_and_the_headers_of_bulk_mail(edition):
    found = message(draw(edition))

    assert found.defects == []
    assert found.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "text/html"]
    assert found["Subject"] == "Ferry number 5"
    assert found["From"].addresses[0].addr_spec == "letters@musashi.example"
    out = found["List-Unsubscribe"]
    assert re.fullmatch(r"<http://musashi\.localhost(:\d+)?/newsletters/out/a-1/>", out)
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"  # RFC 8058, 3.1
    assert found["List-Id"] == "<morning.newsletters.musashi.localhost>"  # RFC 2919
    assert found["List-Archive"].endswith("/newsletters/morning/>")  # RFC 2369
    assert found["Archived-At"].endswith("/newsletters/morning/1/>")  # RFC 5064
    for part in found.iter_parts():
        assert "/newsletters/out/a-1/" in part.get_content()
        assert "/newsletters/choose/b-2/" in part.get_content()


def test_its_html_is_well_formed_runs_nothing_and_loads_nothing_but_pictures(letter, masthead):
    picture = a_picture(description='A "ferry" <in> fog', credit="Sora Ito")
    a_story(
        HOSTILE, at=SIX - timedelta(hours=1), lead_picture=picture, standfirst=HOSTILE,
        short_headline="",
    )  # fmt: skip
    one = draw(an_edition(letter))
    parsed = Well()
    parsed.feed(re.sub(r"<!--.*?-->", "", one.html, flags=re.DOTALL))

    assert (parsed.wrong, parsed.open) == ([], [])
    assert not {"script", "link", "iframe", "form", "object"} & set(parsed.seen)
    assert not [name for name, _ in parsed.attributes if name.startswith("on")]
    assert ("alt", 'A "ferry" <in> fog') in parsed.attributes
    sources = [value for name, value in parsed.attributes if name == "src"]
    assert [s for s in sources if not s.startswith("http://musashi.localhost")] == []
    assert "@import" not in one.html
    assert "Sora Ito" in one.html
    assert HOSTILE.split(" ⟦", maxsplit=1)[0] in one.text


def test_it_knows_the_night_and_the_preheader_stands_first(edition):
    html = draw(edition).html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "prefers-color-scheme: dark" in html
    body = html[html.index("<body") :]
    assert body.index("Ferry number 4 · Ferry number 3") < body.index("Good morning.")
    assert 'lang="en"' in html


def test_the_plain_part_reads_like_a_letter(edition):
    text = draw(edition).text
    assert text.startswith("Musashi\nMusashi Morning · Friday, 20 November 2026 · No. 1\n\nGood m")
    assert "\n\n\n" not in text
    assert "<" not in text
    assert "\nFerry number 5\nIt came at 5.\nhttp://musashi.localhost" in text


def test_an_offer_stands_with_its_label_and_jobs_with_theirs(morning, masthead, stories, nao):
    creative = a_creative(slots=frozenset({Slot.NEWSLETTER}), headline="A trip & more")
    a_campaign(a_manager(masthead), creatives=(creative,))
    a_listing(masthead, at=SIX - timedelta(hours=1))
    a_recipe(
        morning, BlockTerms(kind=BlockKind.OFFER), BlockTerms(kind=BlockKind.JOBS),
        BlockTerms(kind=BlockKind.SECTION), by=nao,
    )  # fmt: skip
    one = draw(an_edition(morning))

    assert "Promoted by Kumo SIM" in one.html
    assert "A trip &amp; more" in one.html
    assert 'rel="sponsored"' in one.html
    assert "[Promoted by Kumo SIM]\nA trip & more" in one.text
    assert "== This week’s jobs ==\n\nNight editor\nMinasato Press ·" in one.text


def test_japanese_letters_are_set_in_their_own_type_and_words(stories, nao):
    masthead = a_masthead("fukurou", language="ja", sections=("world",), name="武蔵日報")
    a_story("フェリーが港に戻る", on=("fukurou",), language="ja", at=SIX - timedelta(hours=1))
    asa = a_list(masthead, slug="asa", language="ja", name="朝の便り")
    a_recipe(asa)
    one = draw(an_edition(asa))

    assert "2026年11月20日(金)" in one.text
    assert "第1号" in one.html
    assert "配信停止" in one.html
    assert "Mincho" in one.html
    assert message(one)["Subject"] == "フェリーが港に戻る"


def test_readers_get_words_in_their_language_and_blocks_for_them_only(morning, stories, nao):
    a_recipe(
        morning,
        BlockTerms(kind=BlockKind.SECTION),
        BlockTerms(kind=BlockKind.TEXT, text="For Tokyo.", only_for="zone:Asia"),
        BlockTerms(kind=BlockKind.TEXT, text="日本語で。", only_for="language:ja"),
        by=nao,
    )
    a_subscriber(morning, address="a@example.test", time_zone="Europe/Paris")
    a_subscriber(morning, address="b@example.test", language="ja-JP", time_zone="Asia/Tokyo")
    a_subscriber(morning, address="c@example.test")
    row = an_edition(morning)

    found = audiences.variants_of(row)

    assert found == [
        Variant("en", ("b1", "b2")), Variant("en", ("b1",)), Variant("ja", ("b1", "b2", "b3")),
    ]  # fmt: skip
    first, second, third = letters.drawn(row, found, at=SIX).values()
    assert "For Tokyo." in first.text
    assert "For Tokyo." not in second.text
    assert "日本語で。" in third.html
    assert "配信停止" in third.text
    copies = {r.address: r.copy for r in audiences.recipients(row, found)}
    assert copies == {"a@example.test": 1, "b@example.test": 2, "c@example.test": 0}


def test_who_needs_a_text_that_was_not_drawn_gets_the_lists_own(edition, morning):
    a_subscriber(morning, address="b@example.test", language="ja")
    own = audiences.variants_of(edition)[:1]
    assert [reader.copy for reader in audiences.recipients(edition, own)] == [0]


@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_a_reader_told_they_get_a_text(language, zone):
    variant = variant_of(content_of({}), Segment(language, zone), list_language="en")
    assert variant.language in {"en", "ja"}


def test_fifty_texts_are_drawn_in_less_than_five_seconds_and_none_is_cut_off(
    morning, masthead, nao
):
    for n in range(18):
        a_story(f"{n} " + "Long headline " * 8, at=SIX - timedelta(hours=n + 1),
                standfirst="What happened, and what comes next. " * 9)  # fmt: skip
    a_recipe(morning, BlockTerms(kind=BlockKind.SECTION, count=15), by=nao)
    row = an_edition(morning)
    wanted = [Variant("en", ("b1", f"x{n}")) for n in range(50)]

    began = time.perf_counter()
    found = letters.drawn(row, wanted, at=SIX)

    assert time.perf_counter() - began < 5
    assert len(found) == 50
    assert max(len(one.html.encode()) for one in found.values()) < MOST_BYTES


def test_a_test_mail_has_no_slot_left(edition):
    one = letters.as_test(draw(edition))
    assert "⟦" not in one.html + one.text + "".join(one.headers.values())
    assert "/newsletters/out/test/" in one.text


def test_what_is_no_mjml_is_refused():
    with pytest.raises(DrawingFailed):
        html_of("<mjml><mj-body></mjml>")


def test_texts_by_hand_become_paragraphs_with_links_of_https_only():
    assert linked("See https://a.example/x?b=1&c=2, now\n<b>") == (
        'See <a href="https://a.example/x?b=1&amp;c=2">https://a.example/x?b=1&amp;c=2</a>, now<br>&lt;b&gt;'
    )
    assert linked("javascript:alert(1) http://a.example") == "javascript:alert(1) http://a.example"
    assert "</a>。" in linked("https://a.example/x。")
    assert addresses("ftp://a.example b https://c.example") == [
        "ftp://a.example", "https://c.example"
    ]  # fmt: skip
    assert tidied(" a  \n\n\n\nb \n") == "a\n\nb\n"


def test_colours_can_be_read_by_day_by_night_and_turned_over(masthead, site):
    assert faint(site.tokens) == []
    assert inverted("#000000") == "#ffffff"
    pale = type(site.tokens)("#777777", "#888888", "#808080", "#e9e6df", "#111417", "#f2887f")
    told = " ".join(faint(pale))
    assert "(light)" in told
    assert "(turned over)" in told
    assert "(dark)" not in told


@pytest.mark.parametrize("look", ["daily", "magazine", "guide", "weekly"])
def test_every_look_has_its_type(db, look):
    a_masthead("one", look=look, name="A title with a long name")
    latin = look_of(site_of("one"), is_japanese=False)
    japanese = look_of(site_of("one"), is_japanese=True)
    assert latin.display != japanese.display
    assert latin.wordmark_px == 28


def test_words_are_there_in_both_languages():
    assert ENGLISH_WORDS.keys() == JAPANESE_WORDS.keys()
