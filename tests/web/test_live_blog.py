"""A live blog as readers get it: entries, key events, what is new, the index, and its end."""

import gzip
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline import clock
from dateline.edge import services as edge
from dateline.edge.domain.verdict import Mode
from dateline.stories import handlers, models
from dateline.stories.domain.live import EntryWords
from dateline.stories.events import (
    CoverageMoved,
    LiveEntryChanged,
    LiveEntryPosted,
    LiveEntryWithdrawn,
)
from dateline.stories.queries import live as queries
from dateline.stories.services import kills, live
from tests.factories.newsroom import a_story
from tests.factories.web import HOUR, NOON, every, links, one, path_of

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
WORDS = "<p>" + "The wind has turned and the harbour is shut until the evening tide. " * 9 + "</p>"


@pytest.fixture
def blog(musashi):
    return a_story("Storm reaches the coast", kind="live", at=NOON - 48 * HOUR)


def an_entry(story, headline="Trains stop", *, text=WORDS, at=NOON, **words):
    return live.post_entry(
        story.pk, EntryWords(headline, text, **words), key=uuid4(), by="Ana Mori", at=at
    )  # fmt: skip


def data_of(page):
    return [json.loads(s.text) for s in page.cssselect("script[type='application/ld+json']")]


def test_entries_key_events_and_the_pinned_one_stand_on_the_page(reader, blog):
    first = an_entry(blog, "Wind rises", at=NOON - 26 * HOUR, key_event=True)
    an_entry(blog, "Trains stop", at=NOON)
    live.pin_entry(first, by="Ana")

    page = reader.page(path_of(blog))

    assert every(page, ".live-entries h3") == ["Trains stop", "Wind rises"]
    assert every(page, ".live-entry .live-at time") == ["12:00", "19 Nov 10:00"]
    assert one(page, ".live-pinned h3") == "Wind rises"
    assert every(page, ".live-events li") == ["19 Nov 10:00 Wind rises"]
    assert one(page, ".live-state") == "Live since 19 November 2026, 10:00 JST"
    assert one(page, ".story-head .label") == "Live"
    assert page.cssselect(".live[data-script*='live']")
    assert f"{path_of(blog)}/live/{first}#entry-{first}" in links(page)


def test_a_live_blog_without_entries_says_so(reader, blog):
    page = reader.page(path_of(blog))

    assert one(page, ".live-none") == "The first update is being written."
    assert one(page, ".live-state") == ""
    assert one(page, ".story-head .label") == "As it happened"


def test_it_tells_machines_what_happened_when(reader, blog):
    an_entry(blog, "Ten trains stop", at=NOON - HOUR)
    number = an_entry(blog, "", at=NOON)
    live.change_entry(
        number, EntryWords("", "<p>Two <b>trains</b>.</p>"), seen=1, note="Two, not ten.",
        by="Bo", at=NOON + MINUTE,
    )  # fmt: skip
    gone = an_entry(blog, "Gone")
    live.withdraw_entry(gone, reason="Wrong.", by="Ana", at=NOON + 2 * MINUTE)
    live.close_coverage(blog.pk, by="Ana", at=NOON + HOUR)

    told = data_of(reader.page(path_of(blog)))[0]

    assert told["@type"] == "LiveBlogPosting"
    assert told["coverageStartTime"] == "2026-11-20T02:00:00+00:00"
    assert told["coverageEndTime"] == "2026-11-20T04:00:00+00:00"
    assert told["dateModified"] == "2026-11-20T03:02:00+00:00"
    newest, oldest = told["liveBlogUpdate"]
    assert newest["headline"] == newest["articleBody"] == "Two trains."
    assert newest["correction"]["text"] == "Two, not ten."
    assert newest["author"] == {"@type": "Person", "name": "Ana Mori"}
    assert newest["url"].endswith(f"{path_of(blog)}/live/{number}")
    assert oldest["headline"] == "Ten trains stop"
    assert "dateModified" not in oldest


def test_a_correction_and_a_withdrawal_are_seen(reader, blog):
    number = an_entry(blog, "Ten trains stop")
    live.change_entry(
        number, EntryWords("Two trains stop", ""), seen=1, note="Two, not ten.", by="Bo", at=NOON
    )
    gone = an_entry(blog, "Gone")
    live.withdraw_entry(gone, reason="It named a minor.", by="Ana", at=NOON)

    page = reader.page(path_of(blog))

    assert every(page, ".live-entries h3") == ["Two trains stop"]
    assert one(page, f"#entry-{number} .live-note") == "Correction · 12:00 Two, not ten."
    assert one(page, f"#entry-{gone} .live-note") == "It named a minor."
    assert "Gone" not in one(page, ".live")


def test_older_entries_are_behind_real_links_and_each_has_its_own(reader, blog):
    made = [an_entry(blog, f"Entry {n}") for n in range(25)]
    page = reader.page(path_of(blog))
    (older,) = page.cssselect(".live-pager a[rel=next]")
    behind = reader.page(older.get("href").partition("#")[0])

    shown = [*every(page, ".live-entries h3"), *every(behind, ".live-entries h3")]
    assert shown == [f"Entry {n}" for n in range(24, -1, -1)]
    assert behind.cssselect("meta[name=robots][content=noindex]")
    assert behind.cssselect("link[rel=canonical]")[0].get("href").endswith(path_of(blog))
    assert not behind.cssselect("[data-live]")
    assert f"{path_of(blog)}#live-title" in links(behind)
    reader.page(f"{path_of(blog)}/live/{made[3]}")


def test_links_that_lead_nowhere_say_so(reader, blog):
    entry, other = an_entry(blog), a_story("An article")
    path, wrong = path_of(blog), f"/politics/old-slug-{blog.pk}/live/{entry}"

    for bad in (
        f"{path}/live/0",
        f"{path}/live/{2**70}",
        f"{path}/live/{entry + 9}",
        f"{path_of(other)}/live/{entry}",
        f"/world/x-{10**9}/live/1",
        "/world/x/live/1",
    ):
        reader.page(bad, 404)  # fmt: skip
    assert reader.get(wrong)["Location"] == f"{path}/live/{entry}"
    assert reader.get(f"{path_of(other)}/live.json").status_code == 404
    assert reader.get(f"/world/x-{10**9}/live.json").status_code == 404


def test_thousands_of_entries_fit_the_budget_and_cost_the_same(reader, blog):
    def asked(path):
        with CaptureQueriesContext(connection) as queries_of:
            answer = reader.get(path)
        return answer, len(queries_of)

    an_entry(blog, key_event=True)
    asked(path_of(blog))  # what a process asks once is not counted
    _, few = asked(path_of(blog))
    _, few_new = asked(f"{path_of(blog)}/live.json")
    models.LiveEntry.objects.bulk_create(
        models.LiveEntry(
            story=blog, key=uuid4(), headline=f"Update number {n} of the day", by="Ana Mori",
            text=WORDS.replace("evening", f"evening of day {n}"), at=NOON, key_event=n % 50 == 0,
        )
        for n in range(3000)
    )  # fmt: skip

    page, many = asked(path_of(blog))
    new, many_new = asked(f"{path_of(blog)}/live.json")

    assert max(few, many) <= 20  # two of them are asked once in a while
    assert many_new == few_new == 7
    assert len(gzip.compress(page.content)) < 25_000
    assert len(gzip.compress(new.content)) < 400


def test_what_is_new_is_one_small_answer_for_everybody(reader, blog):
    first, second = an_entry(blog), an_entry(blog)
    live.change_entry(first, EntryWords("Changed", ""), seen=1, by="Bo")

    answer = reader.get(f"{path_of(blog)}/live.json")

    assert answer.json() == {"entries": [[second, 1], [first, 2]], "open": True}
    again = reader.get(f"{path_of(blog)}/live.json", if_none_match=answer["ETag"])
    assert again.status_code == 304
    live.close_coverage(blog.pk, by="Ana")
    assert reader.get(f"{path_of(blog)}/live.json").json()["open"] is False


def test_a_closed_one_polls_no_more(reader, blog):
    an_entry(blog)
    live.close_coverage(blog.pk, by="Ana", at=NOON)

    page = reader.page(path_of(blog))

    assert one(page, ".live-state") == "Live coverage ended 20 November 2026, 12:00 JST"
    assert not page.cssselect("[data-live], .live[data-script]")


def test_a_killed_story_takes_its_entries_with_it(reader, blog):
    entry = an_entry(blog, "Names a minor")
    kills.kill_story(blog.pk, reason="Wrong.", by="Ana")

    for path in ("", f"/live/{entry}", "/live.json"):
        answer = reader.get(path_of(blog) + path)
        assert answer.status_code == 410
        assert b"Names a minor" not in answer.content
    assert "Storm reaches" not in one(reader.page("/live/"), "main")


def test_the_index_lists_those_that_go_on_before_those_that_ended(reader, blog, monkeypatch):
    assert "Nothing is live right now" in one(reader.page("/live/"), ".empty")
    ended = a_story("Election night", kind="live", at=NOON - HOUR)
    a_story("An article", at=NOON - HOUR)
    for story in (blog, ended):
        an_entry(story)
    live.close_coverage(ended.pk, by="Ana", at=NOON)

    page = reader.page("/live/")

    assert every(page, ".card-headline") == ["Storm reaches the coast", "Election night"]
    assert every(page, ".card .label") == ["Live", "As it happened"]
    for bad in ("0", "x", "2"):
        reader.page(f"/live/?page={bad}", 404)
    monkeypatch.setattr(queries, "INDEX_PAGE", 1)
    other = a_story("The vote", kind="live", at=NOON - 2 * HOUR)
    an_entry(other)
    live.close_coverage(other.pk, by="Ana", at=NOON)
    assert "/live/?page=2" in links(reader.page("/live/"))
    assert "/live/" in links(reader.page("/live/?page=2"))


def test_each_change_reaches_the_pages_that_show_it(blog, monkeypatch):
    purged = []

    def purge(tags, *, cause, mode=Mode.HARD):
        assert cause
        purged.append((sorted(tags), mode))

    monkeypatch.setattr(edge, "purge", purge)
    told = {"story_id": blog.pk, "at": clock.now(), "by": "Ana"}
    handlers.show_entries(LiveEntryPosted(**told, entry_id=1, began=False))
    handlers.show_entries(LiveEntryPosted(**told, entry_id=1, began=True))
    handlers.show_entries(LiveEntryChanged(**told, entry_id=1))
    handlers.hide_entry(LiveEntryWithdrawn(**told, entry_id=1))
    handlers.show_coverage(CoverageMoved(**told, open=False))

    own = f"lv:{blog.pk}"
    around = sorted([own, "lv:*", f"s:{blog.pk}", f"sh:{blog.pk}"])
    assert purged == [
        ([own], Mode.HARD), (around, Mode.HARD), ([own], Mode.HARD), ([own], Mode.GONE),
        (around, Mode.HARD),
    ]  # fmt: skip


def test_its_pages_and_the_index_depend_on_its_entries(reader, blog):
    entry = an_entry(blog)
    for path in (path_of(blog), f"{path_of(blog)}/live/{entry}", f"{path_of(blog)}/live.json"):
        with edge.collecting() as seen:
            reader.get(path)
        assert f"lv:{blog.pk}" in seen.hard, path
    with edge.collecting() as seen:
        reader.get("/live/")
    assert "lv:*" in seen.hard


def test_its_text_only_twin_tells_the_newest_entries_and_no_withdrawn_text(reader, blog):
    pinned = an_entry(blog, "What to have at home", text="<p>Water.</p>", at=NOON - 3 * MINUTE)
    wrong = an_entry(blog, "Bridge down", text="<p>It fell.</p>", at=NOON - 2 * MINUTE)
    an_entry(blog, "Trains stop", text="<p>All of <b>them</b>.</p>", at=NOON - MINUTE)
    live.pin_entry(pinned, by="Ana")
    live.withdraw_entry(wrong, reason="The bridge stands.", by="Ana")

    text = one(reader.page(f"/lite{path_of(blog)}"), "main")

    assert "[Live]" in text
    assert text.index("What to have at home") < text.index("Trains stop")
    assert text.count("What to have at home") == 1
    assert "All of them" in text
    assert "The bridge stands." in text
    assert "Bridge down" not in text
    assert "It fell" not in text


def test_its_twin_leads_on_to_older_entries_says_when_it_ended_and_when_nothing_came(reader, blog):
    assert "The first update is being written." in one(reader.page(f"/lite{path_of(blog)}"), "main")
    for number in range(queries.PART + 1):
        an_entry(blog, f"Entry {number}", text="", at=NOON - number * MINUTE)
    live.close_coverage(blog.pk, by="Ana", at=NOON)

    page = reader.page(f"/lite{path_of(blog)}")

    assert len(page.cssselect("main h3")) < queries.PART
    assert any(f"/lite{path_of(blog)}/live/" in link for link in links(page))
    assert "[As it happened]" in one(page, "main")
