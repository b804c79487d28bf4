"""Stories of a kind of their own: what the page shows, what machines are told, and their files."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wagtail.rich_text import RichText

from dateline.mastheads.models import Masthead
from dateline.outbox.models import FactRecord
from dateline.polls import models as polls
from dateline.polls.services import ask
from dateline.stories import models
from dateline.stories.domain.errors import NotYetItsKind
from dateline.stories.domain.kinds import missing
from dateline.stories.services import kills, publishing
from dateline.stories.services.series import delete_series, find_or_start, keep_series
from dateline.stories.services.versions import latest_version
from dateline.web.domain import kind_words
from dateline.web.domain.calendar import calendar
from dateline.web.domain.kind_data import with_parts
from dateline.web.queries import surfaces_of
from tests.factories.newsroom import a_draft, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import HOUR, NOON, every, links, one, path_of

pytestmark = pytest.mark.django_db

SAYING = {
    "text": "Nobody missed the last boat.", "speaker": "Goro Tachi", "about": "Harbour master",
    "context": "At the quay, to the crew.", "source": "Harbour radio",
    "source_url": "https://radio.example/1",
}  # fmt: skip
EVENT = {
    "name": "Lantern night", "starts_at": datetime(2026, 12, 5, 9, 0, tzinfo=UTC),
    "ends_at": datetime(2026, 12, 5, 12, 0, tzinfo=UTC), "venue": "Old Quay; pier 2",
    "address": "1-2-3 Minato, Musashi", "price": "1,200 yen", "link": "https://lantern.example/",
    "cancelled": False,
}  # fmt: skip
PAPER = {
    "paper": "The Evening Gull", "date": date(2026, 11, 19), "headline": "Cats count trains",
    "summary": RichText("<p>They say <b>nine</b>.</p>"), "link": "https://gull.example/9",
}  # fmt: skip
SENDER = {"name": "Tachi Ferries", "contact": "press@ferries.example", "link": ""}


def data_of(page):
    return [json.loads(s.text) for s in page.cssselect("script[type='application/ld+json']")]


def test_a_quote_of_the_day_names_who_said_it_and_where(reader, musashi):
    story = a_story("The harbour master leaves", kind="quote", body=[("saying", SAYING)])

    page = reader.page(path_of(story))

    assert one(page, ".saying blockquote") == SAYING["text"]
    assert one(page, ".saying figcaption") == (
        "Goro Tachi Harbour master At the quay, to the crew. Harbour radio"
    )
    assert one(page, ".story-head .label") == "Quote of the day"
    assert data_of(page)[0]["hasPart"] == [
        {
            "@type": "Quotation", "text": SAYING["text"], "citation": "Harbour radio",
            "creator": {"@type": "Person", "name": "Goro Tachi"},
            "url": "https://radio.example/1",
        }
    ]  # fmt: skip
    bare = dict.fromkeys(SAYING, "") | {"text": "Well.", "speaker": "A cat"}
    short = reader.page(
        path_of(
            a_story("\N{LEFT DOUBLE QUOTATION MARK}Well!", kind="quote", body=[("saying", bare)])
        )
    )
    assert one(short, ".saying") == "A cat"  # its words are the headline


def test_an_event_says_when_and_where_to_people_machines_and_calendars(reader, musashi):
    story = a_story("Lanterns on the quay", kind="event", body=[("event", EVENT)], at=NOON)

    page = reader.page(path_of(story))

    assert every(page, ".event-box dd") == [
        "5 December 2026, 18:00 JST to 21:00", "Old Quay; pier 2 1-2-3 Minato, Musashi",
        "1,200 yen",
    ]  # fmt: skip
    assert f"{path_of(story)}/event.ics" in links(page)
    told = data_of(page)[1]
    assert (told["@type"], told["startDate"]) == ("Event", "2026-12-05T09:00:00+00:00")
    assert told["location"]["name"] == "Old Quay; pier 2"
    assert told["eventStatus"].endswith("EventScheduled")
    file = reader.get(f"{path_of(story)}/event.ics")
    assert file["Content-Type"] == "text/calendar; charset=utf-8"
    lines = file.content.decode().split("\r\n")
    assert "DTSTART:20261205T090000Z" in lines
    assert "DTEND:20261205T120000Z" in lines
    assert "SUMMARY:Lantern night" in lines
    assert "LOCATION:Old Quay\\; pier 2\\, 1-2-3 Minato\\, Musashi" in lines
    assert "STATUS:CONFIRMED" in lines
    assert f"UID:story-{story.pk}@musashi.dateline" in lines


def test_an_event_that_is_cancelled_or_long_says_so(reader, musashi):
    off = EVENT | {"cancelled": True, "ends_at": None, "address": "", "price": "", "link": ""}
    story = a_story("Off", kind="event", body=[("event", off)])
    page = reader.page(path_of(story))
    assert one(page, ".event-cancelled") == "Cancelled"
    assert data_of(page)[1]["eventStatus"].endswith("EventCancelled")
    assert b"STATUS:CANCELLED" in reader.get(f"{path_of(story)}/event.ics").content

    days = EVENT | {"ends_at": EVENT["ends_at"] + timedelta(days=2)}
    fair = reader.page(path_of(a_story("Fair", kind="event", body=[("event", days)])))
    assert every(fair, ".event-box dd")[0].endswith("to 7 December 2026, 21:00 JST")


def test_a_story_without_an_event_has_no_calendar_file(reader, musashi):
    story = a_story("Plain")
    for bad in (f"{path_of(story)}/event.ics", "/world/x/event.ics", "/world/x-1/event.ics",
                f"/politics/x-{story.pk}/event.ics"):  # fmt: skip
        reader.page(bad, 404)
    event = a_story("Lanterns", kind="event", body=[("event", EVENT)])
    kills.kill_story(event.pk, reason="Wrong.", by="Ana")
    assert reader.get(f"{path_of(event)}/event.ics").status_code == 410
    blog = a_story("Live", kind="live")
    reader.page(f"{path_of(blog)}/event.ics", 404)


@example(name="Ferry " * 40, cancelled=False)
@given(
    name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300),
    cancelled=st.booleans(),
)
def test_no_line_of_a_calendar_is_longer_than_the_standard_allows(name, cancelled):
    value = EVENT | {"name": name, "cancelled": cancelled, "ends_at": None}
    made = calendar(value, uid="1", url="https://x.example/", changed_at=NOON, publisher="X")

    lines = made.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    whole = made.replace(b"\r\n ", b"").decode()
    shown = " ".join(name.split()).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert f"SUMMARY:{shown}\r\n" in whole
    assert whole.count("BEGIN:VEVENT") == 1 + name.count("BEGIN:VEVENT")


def test_a_digest_names_each_paper(reader, musashi):
    bare = PAPER | {"date": None, "link": "", "paper": "Another"}
    story = a_story("What others say", kind="digest", body=[("paper", PAPER), ("paper", bare)])

    page = reader.page(path_of(story))

    assert every(page, ".paper-from") == ["The Evening Gull · 19 November 2026", "Another"]
    assert every(page, ".paper h2") == ["Cats count trains"] * 2
    assert one(page, ".story-head .label") == "From other papers"
    assert [paper["publisher"]["name"] for paper in data_of(page)[0]["isBasedOn"]] == [
        "The Evening Gull", "Another",
    ]  # fmt: skip


def test_a_press_release_says_who_sent_it_and_that_it_is_no_reporting(reader, musashi):
    story = a_story(
        "A new ferry", kind="press_release",
        body=[("sender", SENDER), ("sender", SENDER | {"contact": "", "link": "https://f.example"})],
    )  # fmt: skip

    page = reader.page(path_of(story))

    assert "Sent by : Tachi Ferries" in every(page, ".sender")[0].replace("by:", "by :")
    assert "It is not our reporting." in every(page, ".sender")[0]
    assert one(page, ".story-head .label") == "Press release"
    assert data_of(page)[0]["sourceOrganization"][0]["name"] == "Tachi Ferries"


def test_a_picture_of_the_day_is_shown_large(reader, musashi, media_root):
    story = a_story("Snow on the quay", kind="picture", lead_picture=a_picture("quay"))

    page = reader.page(path_of(story))

    assert page.cssselect(".story-picture .hero img")
    assert one(page, ".story-head .label") == "Picture of the day"
    assert page.cssselect("link[href*='kinds']")


def test_a_story_of_no_special_kind_loads_nothing_more(reader, musashi):
    page = reader.page(path_of(a_story("Plain")))

    assert not page.cssselect("link[href*='kinds'], [data-script*='live'], [data-script*='poll']")


def test_its_words_are_in_its_versions(musashi):
    poll = polls.Poll.objects.get(pk=ask("Night trains?", ["Yes", "No"], opens_at=NOON, by="Ana"))
    blocks = [("saying", SAYING), ("event", EVENT), ("paper", PAPER), ("sender", SENDER)]
    story = a_story("All", kind="quote", body=[*blocks, ("poll", poll)])

    said = latest_version(story.pk).body_text

    for words in ("Nobody missed the last boat.", "2026-12-05T09:00+00:00", "They say nine.",
                  "Tachi Ferries", "Night trains?", "2026-11-19"):  # fmt: skip
        assert words in said
    assert "False" not in said


@pytest.mark.parametrize(
    ("kind", "blocks", "picture", "problem"),
    [
        ("poll", [], False, "A poll needs the block “poll”."),
        ("quote", ["text"], False, "A quote of the day needs the block “saying”."),
        ("event", [], False, "An event needs the block “event”."),
        ("digest", ["paper"], False, ""),
        ("picture", [], False, "A picture of the day needs a lead picture."),
        ("picture", [], True, ""),
        ("article", [], False, ""),
        ("live", [], False, ""),
    ],
)
def test_a_kind_is_made_of_something(kind, blocks, picture, problem):
    assert missing(kind, blocks, has_picture=picture) == problem


def test_a_story_that_lacks_what_its_kind_is_made_of_stays_a_draft(musashi):
    draft = a_draft("Empty", kind="event")

    with pytest.raises(NotYetItsKind, match="An event needs the block"):
        publishing.publish_story(draft.pk, by="Ana")

    assert not models.Story.objects.get(pk=draft.pk).live


def in_series(series, number=None, **fields):
    name = f"Week {number}" if number else fields.pop("name", "Part")
    return a_story(name, series_id=series, series_number=number, **fields)


def a_series(musashi, *, numbered=True):
    return find_or_start(
        musashi.pk, slug="notebook", name="Notebook", numbered=numbered, about="Each week.", by="A"
    )


def test_a_numbered_series_leads_from_number_to_number(reader, musashi):
    series = a_series(musashi)
    assert a_series(musashi) == series
    weeks = {n: in_series(series, n, at=NOON - (40 - n) * HOUR) for n in (30, 32, 31)}

    page = reader.page(path_of(weeks[31]))

    assert one(page, ".series-name") == "Notebook No. 31"
    assert every(page, ".series-nav li") == ["Before this Week 30", "After this Week 32"]
    assert [a.get("rel") for a in page.cssselect(".series-nav li a")] == ["prev", "next"]
    listed = reader.page("/series/notebook/")
    assert every(listed, ".card-headline") == ["Week 32", "Week 31", "Week 30"]
    assert one(listed, "h1") == "Notebook"
    kills.kill_story(weeks[30].pk, reason="Wrong.", by="Ana")
    assert every(reader.page(path_of(weeks[31])), ".series-nav li") == ["After this Week 32"]
    assert every(reader.page("/series/notebook/"), ".card-headline") == ["Week 32", "Week 31"]


def test_a_series_without_numbers_goes_by_time(reader, musashi):
    series = a_series(musashi, numbered=False)
    first = in_series(series, name="First", at=NOON - 2 * HOUR)
    second = in_series(series, name="Second", at=NOON - HOUR)

    assert every(reader.page(path_of(first)), ".series-nav li") == ["After this Second"]
    assert every(reader.page(path_of(second)), ".series-nav li") == ["Before this First"]
    assert every(reader.page("/series/notebook/"), ".card-headline") == ["Second", "First"]


def test_a_series_page_without_stories_or_that_is_none_says_so(reader, musashi, monkeypatch):
    series = a_series(musashi)
    assert "No story of this series yet" in one(reader.page("/series/notebook/"), ".empty")
    for bad in ("/series/other/", "/series/notebook/?page=0", "/series/notebook/?page=2"):
        reader.page(bad, 404)
    monkeypatch.setattr("dateline.stories.queries.series.SERIES_PAGE", 1)
    for number in (1, 2):
        in_series(series, number, at=NOON - HOUR)
    assert "/series/notebook/?page=2" in links(reader.page("/series/notebook/"))
    assert every(reader.page("/series/notebook/?page=2"), ".card-headline") == ["Week 1"]


def test_a_series_of_another_title_is_not_shown_here(reader, musashi):
    row = models.Series(masthead=Masthead.objects.get(slug="musashi"), name="Gone", slug="gone")
    series = keep_series(row, by="Ana")
    assert str(row) == "Gone"
    story = in_series(series, 1)
    delete_series(series, by="Ana")

    story.refresh_from_db()
    assert story.series_id is None
    assert not reader.page(path_of(story)).cssselect(".series-nav")


def test_a_story_that_joins_a_series_has_its_pages_made_again(musashi):
    series = a_series(musashi)
    story = a_story("Joins")

    publishing.update_story(story.pk, changes={"series_id": series}, by="Ana")

    told = FactRecord.objects.order_by("pk").last()
    assert told.name == "story.updated"
    assert f"se:{series}" in told.payload["lists"]


def test_every_surface_of_a_kind_is_asked_after_a_kill(musashi):
    poll = polls.Poll.objects.get(pk=ask("Night trains?", ["Yes", "No"], opens_at=NOON, by="Ana"))
    series = a_series(musashi)
    story = in_series(series, 1, kind="live", body=[("event", EVENT), ("poll", poll)])
    path = path_of(story)

    found = {(surface.kind, surface.path) for surface in surfaces_of(story.pk)}

    assert {
        ("kind", f"{path}/live.json"), ("kind", f"{path}/event.ics"),
        ("kind", f"{path}/poll/{poll.pk}/"), ("live", "/live/"), ("series", "/series/notebook/"),
    } <= found  # fmt: skip


def test_what_a_story_has_not_is_not_told():
    assert with_parts({"headline": "x"}, [("poll", None)], {}) == {"headline": "x"}


def test_words_are_the_same_in_both_languages():
    assert kind_words.ENGLISH.keys() == kind_words.JAPANESE.keys()
