"""Live blogs: entries by several reporters at once, changed and withdrawn, and never lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.outbox.models import FactRecord
from dateline.stories import live_views, models
from dateline.stories.domain.errors import (
    AlreadyKilled,
    CoverageOver,
    EntryChanged,
    EntryGone,
    NeedsText,
    NotALiveBlog,
)
from dateline.stories.domain.live import EntryWords, problem_of
from dateline.stories.queries import live as queries
from dateline.stories.services import kills, live, publishing
from tests.desk.conftest import client_for
from tests.factories.newsroom import a_draft, a_masthead, a_story, an_editor
from tests.factories.web import HOUR, NOON

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def blog(db):
    a_masthead()
    return a_story("Storm reaches the coast", kind="live", at=NOON - HOUR)


@pytest.fixture
def ana(db):
    yield client_for(an_editor())
    cache.clear()


def an_entry(story, headline="Trains stop", *, text="", at=NOON, by="Ana Mori", **words):
    return live.post_entry(
        story.pk, EntryWords(headline, text, **words), key=uuid4(), by=by, at=at
    )  # fmt: skip


def headlines(story, **asked):
    return [entry.headline for entry in queries.part(story.pk, **asked).entries]


def facts():
    return list(FactRecord.objects.order_by("pk").values_list("name", flat=True))


def test_entries_stand_newest_first_and_the_first_starts_the_coverage(blog):
    an_entry(blog, "Wind rises", at=NOON)
    an_entry(blog, "Trains stop", text="<p>All <b>lines</b>.</p>", at=NOON + MINUTE)

    part = queries.part(blog.pk)

    assert [(e.headline, e.text) for e in part.entries] == [
        ("Trains stop", "<p>All <b>lines</b>.</p>"), ("Wind rises", ""),
    ]  # fmt: skip
    assert (part.started_at, part.ended_at, part.open, part.begins) == (NOON, None, True, True)
    assert part.changed_at == NOON + MINUTE
    assert facts()[-2:] == ["live.entry_posted", "live.entry_posted"]


def test_what_is_sent_twice_is_stored_once(blog):
    key = uuid4()
    first = live.post_entry(blog.pk, EntryWords("Once", ""), key=key, by="Ana", at=NOON)

    again = live.post_entry(blog.pk, EntryWords("Once", ""), key=key, by="Ana", at=NOON)

    assert again == first
    assert headlines(blog) == ["Once"]


def test_an_entry_is_stored_clean(blog):
    an_entry(blog, text='<p onclick="x()">Safe</p><script>alert(1)</script>')

    assert queries.part(blog.pk).entries[0].text == "<p>Safe</p>"


def test_only_a_live_blog_that_is_open_takes_entries(blog):
    article = a_story("Another")
    with pytest.raises(NotALiveBlog, match="is no live blog"):
        an_entry(article)
    with pytest.raises(models.Story.DoesNotExist):
        live.post_entry(10**9, EntryWords("x", ""), key=uuid4(), by="Ana")
    an_entry(blog)
    live.close_coverage(blog.pk, by="Ana", at=NOON + HOUR)
    live.close_coverage(blog.pk, by="Ana", at=NOON + 2 * HOUR)

    with pytest.raises(CoverageOver, match=r"closed at 04:00 UTC.*Reopen it"):
        an_entry(blog)

    assert queries.part(blog.pk).ended_at == NOON + HOUR
    live.reopen_coverage(blog.pk, by="Ana", at=NOON)
    live.reopen_coverage(blog.pk, by="Ana")
    an_entry(blog, "Back")
    assert headlines(blog) == ["Back", "Trains stop"]
    assert facts().count("live.coverage_moved") == 2


def test_a_killed_story_takes_nothing_but_a_withdrawal(blog):
    entry = an_entry(blog)
    kills.kill_story(blog.pk, reason="Wrong.", by="Ana")

    for verb in (
        lambda: an_entry(blog),
        lambda: live.change_entry(entry, EntryWords("x", ""), seen=1, by="Ana"),
        lambda: live.pin_entry(entry, by="Ana"),
    ):
        with pytest.raises(AlreadyKilled):
            verb()
    live.withdraw_entry(entry, reason="", by="Ana")
    assert headlines(blog) == []


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (EntryWords(" ", "<p> </p>"), "Write a headline or a text."),
        (EntryWords("x" * 201, ""), "The headline has 201 characters; the limit is 200."),
        (EntryWords("", "x" * 20_001), "The text has 20,001 characters; the limit is 20,000."),
    ],
    ids=["nothing", "long headline", "long text"],
)
def test_an_entry_that_cannot_be_read_is_refused(blog, words, problem):
    with pytest.raises(NeedsText, match=problem):
        live.post_entry(blog.pk, words, key=uuid4(), by="Ana")

    assert problem_of(EntryWords("x", ""), plain="") == ""
    assert headlines(blog) == []


def test_a_correction_stands_at_the_entry_and_what_it_said_is_kept(blog):
    entry = an_entry(blog, "Ten trains stop")

    live.change_entry(
        entry, EntryWords("Two trains stop", ""), seen=1, note="It was two, not ten.", by="Bo",
        at=NOON + MINUTE,
    )  # fmt: skip

    (shown,) = queries.part(blog.pk).entries
    assert (shown.headline, shown.note, shown.noted_at) == (
        "Two trains stop", "It was two, not ten.", NOON + MINUTE,
    )  # fmt: skip
    assert (shown.version, shown.changed_at, shown.by) == (2, NOON + MINUTE, "Ana Mori")
    earlier = models.LiveEntryText.objects.get()
    assert (earlier.headline, earlier.version, earlier.changed_by) == ("Ten trains stop", 1, "Bo")
    assert str(earlier) == f"entry {entry} v1"


def test_two_reporters_never_overwrite_each_other(blog):
    entry = an_entry(blog, "As it was")
    live.change_entry(entry, EntryWords("Ana's", ""), seen=1, by="Ana")

    with pytest.raises(EntryChanged, match="your text is still in the form"):
        live.change_entry(entry, EntryWords("Bo's", ""), seen=1, by="Bo")

    assert headlines(blog) == ["Ana's"]


def test_a_withdrawn_entry_leaves_its_reason_or_nothing(blog):
    silent, told = an_entry(blog, "Silent"), an_entry(blog, "Told", key_event=True)
    live.pin_entry(told, by="Ana")

    live.withdraw_entry(silent, reason=" ", by="Ana")
    live.withdraw_entry(told, reason="It named a minor.", by="Ana", at=NOON + MINUTE)

    part = queries.part(blog.pk)
    (left,) = part.entries
    assert (left.headline, left.text, left.withdrawn_reason) == ("", "", "It named a minor.")
    assert (part.pinned, part.events) == (None, ())
    assert queries.part(blog.pk, first=silent) is None
    assert models.LiveEntryText.objects.filter(headline="Told").exists()
    for verb in (live.pin_entry, lambda pk, by: live.withdraw_entry(pk, reason="", by=by)):
        with pytest.raises(EntryGone, match="was withdrawn at"):
            verb(told, by="Ana")


def test_one_entry_is_pinned_at_most(blog):
    first, second = an_entry(blog, "First"), an_entry(blog, "Second")
    live.pin_entry(first, by="Ana")
    live.pin_entry(second, by="Ana")

    assert queries.part(blog.pk).pinned.headline == "Second"
    with pytest.raises(IntegrityError), transaction.atomic():
        models.LiveEntry.objects.filter(pk=first).update(pinned=True)
    live.pin_entry(second, pinned=False, by="Ana")
    assert queries.part(blog.pk).pinned is None


def test_key_events_are_the_newest_with_a_headline(blog):
    for number in range(queries.EVENTS + 2):
        an_entry(blog, f"Event {number}", key_event=True, at=NOON + number * MINUTE)
    an_entry(blog, "", text="<p>No headline</p>", key_event=True)

    events = queries.part(blog.pk).events

    assert [e.headline for e in events][:2] == ["Event 13", "Event 12"]
    assert len(events) == queries.EVENTS


def test_parts_follow_each_other_by_the_entry_they_begin_with(blog):
    made = [an_entry(blog, f"Entry {n}") for n in range(queries.PART + 3)]

    newest = queries.part(blog.pk)
    older = queries.part(blog.pk, first=newest.older)

    assert [e.id for e in (*newest.entries, *older.entries)] == made[::-1]
    assert (newest.begins, older.begins, older.older) == (True, False, None)
    assert queries.part(blog.pk, first=made[-1]).begins is True
    assert queries.part(blog.pk, first=made[-1] + 1) is None
    assert queries.newest(blog.pk)[0][0] == (made[-1], 1)


def test_thousands_of_entries_cost_the_same_queries(blog):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            queries.part(blog.pk)
        return len(asked)

    an_entry(blog)
    few = cost()
    models.LiveEntry.objects.bulk_create(
        models.LiveEntry(story=blog, key=uuid4(), headline=f"{n}", by="Ana", at=NOON)
        for n in range(3000)
    )

    assert cost() == few == 4


def test_the_story_leads_to_its_entries_and_another_kind_of_story_does_not(blog, ana):
    other = a_story("Ferry returns", at=NOON)

    pages = [
        ana.get(f"/snippets/stories/story/edit/{story.pk}/").content.decode()
        for story in (blog, other)
    ]

    assert [f"/stories/{blog.pk}/live/" in page for page in pages] == [True, False]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(verbs=st.lists(st.tuples(st.sampled_from("pcwt"), st.integers(0, 4)), max_size=12))
def test_whatever_reporters_do_the_pages_show_each_entry_once_in_order(blog, verbs):
    models.LiveEntry.objects.filter(story=blog).delete()
    made, gone = [], set()
    for verb, which in verbs:
        known = [pk for pk in made if pk not in gone]
        target = known[which % len(known)] if known else None
        if verb == "p" or target is None:
            made.append(an_entry(blog, f"{len(made)}"))
        elif verb == "c":
            seen = models.LiveEntry.objects.get(pk=target).version
            live.change_entry(target, EntryWords("changed", ""), seen=seen, by="Bo")
        elif verb == "t":
            live.pin_entry(target, by="Bo")
        else:
            live.withdraw_entry(target, reason="", by="Bo")
            gone.add(target)

    part = queries.part(blog.pk)

    assert [entry.id for entry in part.entries] == [pk for pk in made[::-1] if pk not in gone]
    assert part.pinned is None or part.pinned.id not in gone
    texts = models.LiveEntryText.objects.filter(entry__story=blog).count()
    assert texts == sum(e.version - 1 for e in models.LiveEntry.objects.filter(story=blog))


def screen(story, *more, name="live"):
    return reverse(f"stories_desk:{name}", args=[story.pk, *more])


def typed(**words):
    return {"key": str(uuid4()), "headline": "Wind rises", "text": "null", **words}


def test_the_desk_adds_an_entry_and_is_ready_for_the_next(blog, ana):
    page = ana.get(screen(blog)).content.decode()
    assert "autofocus" in page

    answer = ana.post(screen(blog), typed(key_event="on"))

    assert (answer.status_code, answer["Location"]) == (302, screen(blog))
    entry = queries.on_desk(blog.pk, limit=5)[0]
    assert (entry.headline, entry.key_event, entry.by) == ("Wind rises", True, "Ana Mori")
    assert "Wind rises" in ana.get(screen(blog)).content.decode()
    assert str(entry) == f"entry {entry.pk} of story {blog.pk}"


def test_the_desk_keeps_what_was_typed_when_it_refuses(blog, ana):
    an_entry(blog)
    live.close_coverage(blog.pk, by="Ana")

    closed = ana.post(screen(blog), typed(headline="Late"))
    assert closed.status_code == 422
    live.reopen_coverage(blog.pk, by="Ana")
    empty = ana.post(screen(blog), typed(headline=""))
    assert "Write a headline or a text." in empty.content.decode()
    wrong = ana.post(screen(blog), typed(key="no"))
    assert wrong.status_code == 422


def test_the_desk_changes_an_entry_and_shows_what_a_colleague_did(blog, ana):
    entry = an_entry(blog, "As it was")
    where = screen(blog, entry, name="live_entry")
    assert "As it was" in ana.get(where).content.decode()

    live.change_entry(entry, EntryWords("Bo's", ""), seen=1, by="Bo")
    late = ana.post(where, typed(headline="Ana's", version="1"))
    assert late.status_code == 409
    assert "Bo&#x27;s" in late.content.decode()
    assert "Ana&#x27;s" in late.content.decode()
    assert 'name="version" value="2"' in late.content.decode()

    again = ana.post(where, typed(headline="Ana's", version="2", note="Both."))
    assert again.status_code == 302
    assert headlines(blog) == ["Ana's"]
    assert ana.post(where, typed(headline="", version="3")).status_code == 422
    assert ana.post(where, typed(key="no")).status_code == 422


def test_the_desk_pins_withdraws_closes_and_opens(blog, ana):
    entry = an_entry(blog)
    ana.post(screen(blog, entry, name="live_pin"))
    assert queries.part(blog.pk).pinned.id == entry
    ana.post(screen(blog, entry, name="live_pin"))
    assert queries.part(blog.pk).pinned is None

    ana.post(screen(blog, name="live_coverage"))
    assert "Open the live blog again" in ana.get(screen(blog)).content.decode()
    ana.post(screen(blog, name="live_coverage"))
    assert queries.part(blog.pk).open

    ana.post(screen(blog, entry, name="live_withdraw"), {"reason": "It was wrong."})
    assert queries.part(blog.pk).entries[0].withdrawn_reason == "It was wrong."
    assert ana.get(screen(blog, entry, name="live_entry")).status_code == 404
    silent = an_entry(blog)
    ana.post(screen(blog, silent, name="live_withdraw"))
    assert len(queries.part(blog.pk).entries) == 1
    other = an_entry(blog)
    kills.kill_story(blog.pk, reason="Wrong.", by="Ana")
    refused = ana.post(screen(blog, other, name="live_pin"), follow=True)
    assert "was killed" in refused.content.decode()


def test_the_screen_is_for_who_may_publish_the_story(blog, ana):
    nobody = client_for(an_editor("bo@dateline.example", superuser=False))
    assert nobody.get(screen(blog)).status_code in {302, 403}
    assert ana.get(screen(a_story("An article"))).status_code == 404
    edit = ana.get(reverse("wagtailsnippets_stories_story:edit", args=[blog.pk]))
    assert screen(blog) in edit.content.decode()
    draft = a_draft("Coming", kind="live")
    assert "Not public yet" in ana.get(screen(draft)).content.decode()
    publishing.publish_story(draft.pk, by="Ana")


def test_who_may_not_publish_adds_nothing_to_a_public_blog(blog, rf):
    writer = an_editor("bo@dateline.example", superuser=False)
    change = Permission.objects.get(codename="change_story")
    for public, may in ((False, ()), (True, (change,))):
        models.Story.objects.filter(pk=blog.pk).update(live=public)
        writer.user_permissions.set(may)
        request = rf.get("/")
        request.user = type(writer).objects.get(pk=writer.pk)
        with pytest.raises(PermissionDenied):
            live_views.LiveView.get(live_views.LiveView(), request, blog.pk)


def test_the_desk_keeps_and_deletes_a_series(ana):
    title = a_masthead("rails")
    told = {"masthead": title.pk, "name": "Notebook", "slug": "notebook", "about": ""}
    made = ana.post(reverse("wagtailsnippets_stories_series:add"), told)
    assert made.status_code == 302
    series = models.Series.objects.get()
    assert facts()[-1] == "story_series.changed"

    ana.post(reverse("wagtailsnippets_stories_series:delete", args=[series.pk]))

    assert not models.Series.objects.exists()
