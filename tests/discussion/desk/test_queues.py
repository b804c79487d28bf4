"""The moderators' queues: what each row says, in whose hands, and that no other sees it."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from dateline.discussion import models
from dateline.discussion.domain.outside import Service
from dateline.discussion.domain.status import ReportReason
from dateline.discussion.services import authors, decisions, moderators, readers
from dateline.discussion.services.voting import report
from dateline.discussion.views.desk_queues import QUEUE_ROWS
from tests.factories.discussion import MINUTE, NOON, a_comment, a_moderator, a_reader
from tests.factories.web import every, one, words_of

pytestmark = pytest.mark.django_db

LINKS = "https://a.example https://b.example https://c.example"


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, answer.content[:400]
    return html.document_fromstring(answer.content)


def shown(client, path):
    return every(page(client, path), ".mod-row h2")


def test_a_row_says_everything_a_moderator_decides_by(mio, mod, story, masthead):
    rin = a_reader("Rin Abe")
    gone = a_comment(story, masthead, "Nonsense.", author=rin, at=NOON - 5 * MINUTE)
    decisions.remove(gone.pk, by=mod.pk, expected=1, rule=6, reason="Again.", at=NOON)
    above = a_comment(story, masthead, "The ferry is late.", at=NOON - 4 * MINUTE)
    row = a_comment(
        story, masthead, f"<b>Buy</b> {LINKS}", author=rin, answers_id=above.pk, quote="The ferry"
    )

    found = page(mio, "/comments/queue/held/")

    (box,) = found.cssselect(".mod-row")
    assert one(box, "h2") == f"Rin Abe #{row.number}"
    assert one(box, ".mod-quote") == "The ferry"
    assert one(box, ".mod-text") == f"<b>Buy</b> {LINKS}"
    assert "held" in one(box, ".mod-head .mod-under")
    (link,) = box.cssselect(".mod-head a")
    assert link.get("href").endswith(f"/world/ferry-returns-to-harbour-{story.pk}#comment-{row.pk}")
    assert words_of(link) == "Ferry returns to harbour"
    assert every(box, ".mod-why li")[0] == "Held by the rule “links” 3 links; 2 are let through."
    assert one(box, ".mod-past") == "Rin Abe : 2 comments here, 1 removed , 1 held."
    assert "held by a rule" in one(box, ".mod-log")
    assert one(found, "title") == "Held comments - Dateline"


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (ReportReason.OFF_TOPIC, "Reported: off the subject “Look.”"),
        (ReportReason.PRIVATE, "Reported: private data “Look.”"),
        (ReportReason.HATE, "Reported: hate “Look.”"),
    ],
)
def test_a_reported_comment_stands_with_its_reports(mio, story, masthead, reason, told):
    row = a_comment(story, masthead)
    report(row.pk, by=a_reader().pk, reason=reason, text="Look.", at=NOON)

    found = page(mio, "/comments/queue/reported/")

    assert every(found, ".mod-why li") == [told]
    assert every(found, ".mod-tabs li") == [
        "Reported 1", "Held 0", "New", "Approved", "Removed",
    ]  # fmt: skip


def test_what_was_approved_as_it_reads_now_is_not_new_any_more(mio, mod, story, masthead):
    row = a_comment(story, masthead)
    assert shown(mio, "/comments/queue/new/") == [f"Rin Abe #{row.number}"]

    done = decisions.approve(row.pk, by=mod.pk, expected=1, at=NOON)
    assert shown(mio, "/comments/queue/new/") == []
    assert shown(mio, "/comments/queue/approved/") == [f"Rin Abe #{row.number}"]
    decisions.feature(row.pk, by=mod.pk, expected=2, at=NOON)
    assert shown(mio, "/comments/queue/new/") == []
    authors.edit_comment(row.pk, by=row.author_id, text="Another text.", at=NOON + MINUTE)
    assert shown(mio, "/comments/queue/new/") == [f"Rin Abe #{row.number}"]
    assert done.version == 2


def test_an_approval_that_was_undone_makes_it_new_again(mio, mod, story, masthead):
    row = a_comment(story, masthead)
    done = decisions.approve(row.pk, by=mod.pk, expected=1, at=NOON)
    decisions.undo(done.decision_id, by=mod.pk, at=NOON)

    assert shown(mio, "/comments/queue/new/") == [f"Rin Abe #{row.number}"]


def test_a_moderator_sees_no_word_of_another_title(enter, mio, other, story, masthead):
    a_comment(story, masthead, "Of the ferry.")
    there = a_comment(other.story, other.title, "Of the soup.")
    ren = enter(other.mod)

    assert every(page(mio, "/comments/queue/new/"), ".mod-text") == ["Of the ferry."]
    assert every(page(ren, "/comments/queue/new/"), ".mod-text") == ["Of the soup."]
    filtered = page(mio, "/comments/queue/new/?masthead=kinako")
    assert every(filtered, ".mod-text") == ["Of the ferry."]
    assert mio.get(f"/comments/{there.pk}/").status_code == 404
    assert mio.get(f"/comments/people/{there.author_id}/").status_code == 404


def test_who_has_several_titles_looks_at_one_of_them(enter, other, story, masthead):
    lead = enter(a_moderator(None, "Aya Ono"))
    a_comment(story, masthead, "Of the ferry.")
    a_comment(other.story, other.title, "Of the soup.")

    everything, soup = page(lead, "/comments/queue/new/"), "/comments/queue/new/?masthead=kinako"

    assert every(everything, ".mod-text") == ["Of the soup.", "Of the ferry."]
    assert every(page(lead, soup), ".mod-text") == ["Of the soup."]
    chosen = page(lead, soup).cssselect("#mod-masthead option[selected]")
    assert [words_of(option) for option in chosen] == ["Kinako"]
    assert all(
        "masthead=kinako" in a.get("href") for a in page(lead, soup).cssselect(".mod-tabs a")
    )


def test_the_past_of_an_author_stays_on_the_title_where_it_was(mio, other, story, masthead):
    rin = a_reader("Rin Abe")
    there = a_comment(other.story, other.title, "Of the soup.", author=rin, at=NOON - 5 * MINUTE)
    decisions.remove(there.pk, by=other.mod.pk, expected=1, rule=1, at=NOON)
    readers.ban(rin.pk, masthead_id=other.title.pk, by=other.mod.pk, rule=1, at=NOON)
    a_comment(story, masthead, "Of the ferry.", author=rin)

    past = one(page(mio, "/comments/queue/new/"), ".mod-past")

    assert past == "Rin Abe : 1 comment here, none removed."


def test_an_author_who_was_spoken_to_is_known_at_a_glance(mio, mod, story, masthead):
    rin, ken, yui = a_reader("Rin Abe"), a_reader("Ken Ito"), a_reader("Yui Mori")
    for person in (rin, ken, yui):
        a_comment(story, masthead, f"By {person.display_name}.", author=person)
    told = {"masthead_id": masthead.pk, "by": mod.pk, "rule": 1, "at": NOON}
    readers.warn(rin.pk, **told)
    readers.suspend(ken.pk, until=NOON + 60 * MINUTE, **told)
    readers.ban(yui.pk, **told)
    yui.refresh_from_db()

    pasts = every(page(mio, "/comments/queue/new/"), ".mod-past b")

    assert pasts == ["Banned.", "Suspended until 20 Nov, 13:00 UTC.", "Warned before."]


def test_a_comment_whose_author_left_has_nobody_to_open(mio, mod, story, masthead):
    row = a_comment(story, masthead)
    authors.forget_reader(row.author_id, with_text=False, at=NOON)

    found = page(mio, "/comments/queue/new/")

    assert one(found, ".mod-past") == "The account is gone."


def test_a_queue_goes_on_on_another_page(mio, story, masthead, monkeypatch):
    monkeypatch.setattr("dateline.discussion.views.desk_queues.QUEUE_ROWS", 2)
    rows = [a_comment(story, masthead, f"Thought {n}.") for n in range(3)]
    assert QUEUE_ROWS == 50

    first = page(mio, "/comments/queue/new/")
    (following,) = first.cssselect("a[rel=next]")
    second = page(mio, following.get("href"))
    third = page(mio, f"/comments/queue/new/?after={rows[0].pk}")

    assert every(first, ".mod-text") == ["Thought 2.", "Thought 1."]
    assert every(second, ".mod-text") == ["Thought 0."]
    assert one(second, ".mod-end p") == "That was the last one. Look for new ones"
    assert one(third, ".mod-end p") == "Nothing more on this page. Back to the first page"
    assert page(mio, "/comments/queue/new/?after=x").cssselect("a[rel=next]")


@pytest.mark.parametrize("name", ["reported", "held", "new", "approved", "removed"])
def test_an_empty_queue_says_so(mio, name):
    found = page(mio, f"/comments/queue/{name}/")

    assert len(one(found, ".mod-empty")) > 20
    assert found.cssselect("h1")


def test_the_first_address_leads_to_where_something_waits(mio, story, masthead):
    assert mio.get("/comments/")["Location"] == "/comments/queue/new/"
    a_comment(story, masthead, LINKS)
    assert mio.get("/comments/")["Location"] == "/comments/queue/held/"
    row = a_comment(story, masthead)
    report(row.pk, by=a_reader().pk, reason=ReportReason.HATE, text="", at=NOON)
    assert mio.get("/comments/")["Location"] == "/comments/queue/reported/"
    assert mio.get("/comments/queue/nothing/").status_code == 404


def test_one_comment_alone_offers_to_undo_what_a_person_decided(mio, mod, story, masthead):
    row = a_comment(story, masthead, LINKS)
    address = f"/comments/{row.pk}/"
    assert page(mio, address).cssselect("[data-mod-undo]") == []  # a rule held it
    done = decisions.approve(row.pk, by=mod.pk, expected=1, at=NOON)

    (undo,) = page(mio, address).cssselect("[data-mod-undo] [name=decision]")
    assert undo.get("value") == str(done.decision_id)
    authors.delete_own(row.pk, by=row.author_id, at=NOON)
    assert page(mio, address).cssselect("[data-mod-undo]") == []


def test_a_thread_whose_story_is_placed_here_no_more_has_no_address(mio, story, masthead):
    row = a_comment(story, masthead)
    story.placements.all().delete()

    found = page(mio, f"/comments/{row.pk}/")

    assert found.cssselect(".mod-head a") == []
    assert "Ferry returns to harbour" in one(found, ".mod-head")


def test_a_queue_of_fifteen_asks_as_often_as_one_of_three(mio, story, masthead):
    for _ in range(3):
        a_comment(story, masthead)
    mio.get("/comments/queue/new/")
    with CaptureQueriesContext(connection) as three:
        mio.get("/comments/queue/new/")
    for _ in range(12):
        a_comment(story, masthead)

    with CaptureQueriesContext(connection) as fifteen:
        assert len(shown(mio, "/comments/queue/new/")) == 15

    assert len(fifteen) == len(three) <= 60


def menu(client):
    props = client.get("/").content.decode().split('id="wagtail-sidebar-props"', 1)[1]
    return json.dumps(json.loads(props.split(">", 1)[1].split("</script>")[0]))


def test_the_menu_and_the_start_page_say_how_much_waits(mio, story, masthead):
    assert '"Comments"' in menu(mio)
    a_comment(story, masthead, LINKS)

    start = page(mio, "/")

    assert '"Comments (1)"' in menu(mio)
    assert every(start, "#mod-start-title ~ ul li") == [
        "0 reported",
        "1 held",
        "0 appeals",
        "0 notices of illegal content",
    ]


def test_who_moderates_nothing_finds_no_door(enter, story, masthead, mod):
    row = a_comment(story, masthead)
    ed = enter(a_reader("Ed Ito", is_staff=True))
    assert '"comments"' not in menu(ed)
    assert page(ed, "/").cssselect("#mod-start-title") == []

    for path in ("/comments/", "/comments/queue/new/", f"/comments/{row.pk}/"):
        assert ed.get(path)["Location"] == "/"  # with a message: Wagtail's way of saying no
    answer = ed.post(f"/comments/{row.pk}/decide/", {"verb": "approved", "version": 1})
    assert answer["Location"] == "/"
    assert models.Decision.objects.count() == 0


def test_a_moderator_who_was_dismissed_is_out_at_once(mio, mod, masthead):
    lead = a_moderator(None)
    assert mio.get("/comments/queue/new/").status_code == 200

    moderators.dismiss(mod.pk, masthead_id=masthead.pk, by=lead.pk, at=NOON)

    assert mio.get("/comments/queue/new/").status_code == 302


def test_nobody_without_a_log_in_comes_in(client):
    answer = client.get("/comments/queue/new/", headers={"host": "desk.localhost"})

    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_the_desk_sees_that_the_outside_service_does_not_answer(mio, mod, settings):
    models.OutsideTrouble.objects.create(
        since=NOON, latest_at=NOON + MINUTE, comments=2, error="it answered with status <503>"
    )
    assert not page(mio, "/comments/queue/new/").cssselect(".mod-trouble")
    settings.DATELINE_COMMENT_HOOK = Service(url="https://moderate.news.test/", secret="s" * 16)

    told = one(page(mio, "/comments/queue/new/"), ".mod-trouble[role=alert]")

    assert told == (
        "The outside service does not answer. 2 comments since 12:00, 20 November, the latest at "
        "12:01, 20 November. it answered with status <503>"
    )
    models.OutsideTrouble.objects.all().delete()
    assert not page(mio, "/comments/house/musashi/").cssselect(".mod-trouble")
