"""Pages around the stories: ours until the newsroom writes them, kept in versions, never a lie."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import clock
from dateline.discussion.domain.told_words import rules_for
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads import queries as mastheads
from dateline.outbox.models import FactRecord
from dateline.standing import handlers, models
from dateline.standing.domain.errors import NotYours, PageRefused
from dateline.standing.domain.kinds import Given, PageKind, blanks, without_blanks
from dateline.standing.domain.templates import ENGLISH, JAPANESE, template_of
from dateline.standing.domain.words import ENGLISH as SAID
from dateline.standing.domain.words import JAPANESE as SAID_JA
from dateline.standing.domain.words import words_for
from dateline.standing.events import PageWritten
from dateline.standing.queries import reading
from dateline.standing.services import contact, editors, pages
from tests.factories.newsroom import a_masthead
from tests.factories.people import a_reader
from tests.factories.web import NOON, Reader, every, links, one, words_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
KINDS = [kind for kind in PageKind if kind is not PageKind.STAFF]


def write(masthead, person, text="<p>Since 1998.</p>", kind=PageKind.ABOUT, expected=0):
    return pages.write_page(
        masthead.pk, kind, text, expected=expected, by=person.pk, at=clock.now()
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_there_before_anybody_wrote_it(reader, kind):
    page = reader.page(kind.path)

    assert every(page, "h1") == [SAID[kind]]
    assert "[[" not in words_of(page)
    here = {other.path for other in KINDS if other is not kind}
    assert here <= set(links(page.cssselect(".standing-others")[0]))


def test_a_list_of_people_is_there_once_it_is_written(reader, masthead, yui):
    reader.page("/staff/", 404)

    write(masthead, yui, "<p>Yui Mori, editor</p>", PageKind.STAFF)

    assert "Yui Mori, editor" in one(Reader().page("/staff/"), ".standing-text")


def test_a_blank_is_told_to_readers_and_never_filled_with_something(reader):
    assert "Publisher not stated yet" in one(reader.page("/imprint/"), ".standing-text")


def test_a_section_of_that_name_keeps_its_address(reader):
    a_masthead("kinako", sections=("world", "about", "privacy"))

    page = Reader(host="kinako.localhost")

    assert page.page("/about/").cssselect(".section-page")
    assert page.page("/privacy/").cssselect("[data-counting]")
    reader.page("/about/?page=2", 404)


def test_each_edition_leads_to_the_same_page_of_the_other(reader, masthead):
    a_masthead("musashi-ja", language="ja", edition_of=masthead)

    found = Reader(host="musashi-ja.localhost").page("/imprint/")

    pairs = [(a.get("hreflang"), a.get("href")) for a in found.cssselect("link[hreflang]")]
    assert [code for code, _ in pairs] == ["ja", "en"]
    assert all(address.endswith("/imprint/") for _, address in pairs)
    assert every(found, "h1") == ["発行者情報"]
    assert "未記載" in one(found, ".standing-text")


def test_the_rules_are_those_that_moderators_use(reader):
    page = reader.page("/rules/")

    numbered = [(int(li.get("value")), words_of(li)) for li in page.cssselect(".standing-rules li")]
    assert dict(numbered) == rules_for("en")
    assert {"/account/comments/", "/notices/"} <= set(links(page))


def test_what_was_written_is_public_at_once_and_safe(reader, masthead, yui):
    number = write(masthead, yui, '<h2>Us</h2><p onclick="x">Since 1998.</p><script>x()</script>')

    page = reader.page("/about/")
    assert number == 1
    assert every(page, ".standing-text h2") == ["Us"]
    assert page.xpath("//*[@onclick]") == page.xpath("//main//script") == []
    assert one(page, ".standing-changed").startswith("Last changed:")
    fact = FactRecord.objects.get(name="page.written").payload
    assert (fact["kind"], fact["number"], fact["by"]) == ("about", 1, str(yui.pk))


def test_a_change_makes_the_titles_own_pages_again_and_no_others(masthead):
    site = mastheads.by_slug("musashi")
    with edge.collecting() as collected:
        reading.standing(site, PageKind.TERMS)
    assert keys.standing(masthead.pk) in collected.note().hard
    with edge.collecting() as collected:
        reading.contact(site)
    assert keys.standing(masthead.pk) in collected.note().hard

    start = edge.sequence()
    handlers.show(
        PageWritten(masthead_id=masthead.pk, kind="about", number=1, by="", at=clock.now())
    )
    assert edge.sequence() == start + 1


@pytest.mark.parametrize(
    ("text", "key"), [("", "empty"), ("<p> </p>", "empty"), ("a" * 60_001, "too_long")]
)
def test_nothing_and_too_much_are_refused(masthead, yui, text, key):
    with pytest.raises(PageRefused) as refused:
        write(masthead, yui, text)

    assert refused.value.key == key
    assert not models.PageVersion.objects.exists()


def test_nobody_overwrites_what_they_have_not_seen(masthead, yui):
    write(masthead, yui)

    with pytest.raises(PageRefused, match="somebody_faster"):
        write(masthead, yui, "<p>Since 1999.</p>")

    assert models.PageVersion.objects.get().text == "<p>Since 1998.</p>"


def test_an_earlier_text_comes_back_as_a_new_version(masthead, yui):
    write(masthead, yui)
    write(masthead, yui, "<p>Since 1999.</p>", expected=1)
    about = {"by": yui.pk, "at": clock.now()}

    assert pages.put_back(masthead.pk, PageKind.ABOUT, 1, **about) == 3
    assert pages.put_back(masthead.pk, PageKind.ABOUT, 0, **about) == 4

    texts = list(models.PageVersion.objects.order_by("number").values_list("text", flat=True))
    assert texts[:3] == ["<p>Since 1998.</p>", "<p>Since 1999.</p>", "<p>Since 1998.</p>"]
    assert "[[Owner" in texts[3]
    for number in (4, 9):
        with pytest.raises(PageRefused, match="no_version"):
            pages.put_back(masthead.pk, PageKind.ABOUT, number, **about)


def test_who_writes_one_titles_pages_touches_no_others(masthead, yui):
    other = a_masthead("kinako")

    with pytest.raises(NotYours):
        write(other, yui)
    with pytest.raises(NotYours):
        pages.put_back(other.pk, PageKind.ABOUT, 0, by=yui.pk, at=clock.now())
    with pytest.raises(NotYours):
        contact.set_contact(other.pk, "x@example.test", by_form=True, by=yui.pk, at=clock.now())


def test_who_writes_for_the_network_names_others(masthead, yui):
    boss = a_reader("boss@example.test")
    models.PageEditor.objects.create(user=boss)
    ken = a_reader("ken@example.test")

    with pytest.raises(NotYours):
        editors.appoint(ken.pk, masthead_id=masthead.pk, by=yui.pk)
    editors.appoint(ken.pk, masthead_id=masthead.pk, by=boss.pk)

    assert write(masthead, ken) == 1


def test_a_seeding_fills_what_nobody_wrote(masthead, yui):
    assert pages.fill_page(masthead.pk, PageKind.TERMS, "<p>Ours.</p>", at=clock.now()) == 1
    assert pages.fill_page(masthead.pk, PageKind.TERMS, "<p>Again.</p>", at=clock.now()) is None


def test_both_languages_say_the_same_things():
    assert ENGLISH.keys() == JAPANESE.keys() == set(KINDS)
    assert SAID.keys() == SAID_JA.keys()
    assert words_for("ja-JP") is SAID_JA
    for kind in KINDS:
        assert len(blanks(ENGLISH[kind])) == len(blanks(JAPANESE[kind]))


def test_the_name_of_a_title_is_text():
    assert "&lt;b&gt;" in template_of(PageKind.ABOUT, "en", title="<b>")
    assert template_of(PageKind.STAFF, "en", title="X") == ""


@given(st.text())
def test_no_blank_is_left_for_readers(text):
    shown = without_blanks(text, "not stated")

    assert blanks(shown) == []
    assert shown.count("<em>not stated</em>") >= len(blanks(text))


def test_rows_say_what_they_are(masthead, yui, box):
    write(masthead, yui)
    number = contact.give_message(masthead.pk, Given("", "", "x"), at=NOON)

    assert str(models.PageVersion.objects.get()) == f"about of masthead {masthead.pk}, version 1"
    assert str(box) == f"desk@example.test of masthead {masthead.pk}"
    assert str(models.Message.objects.get()) == f"Message {number} to masthead {masthead.pk}"
    assert str(models.PageEditor.objects.get()) == f"{yui.pk} for {masthead.pk}"
    assert json.dumps(models.PageEditor(user=yui).__str__()).endswith('for the network"')
