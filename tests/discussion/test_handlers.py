"""After a verb the thread's pages are fresh: at once where a person decided, else within seconds."""

import threading

import pytest
from django.db import connection

from dateline.accounts.services.readers import set_display_name
from dateline.discussion import models
from dateline.discussion.queries.people import names_of
from dateline.discussion.services import appeals, authors, decisions, rooms
from dateline.discussion.services.posting import post_comment
from dateline.discussion.services.voting import report, vote
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.outbox import services as outbox
from tests.factories.discussion import MINUTE, NOON, a_comment, a_reader, house

pytestmark = pytest.mark.django_db(transaction=True)

LINKS = "https://a.example https://b.example https://c.example"


@pytest.fixture
def purged(settings, tmp_path, story, masthead):
    """The modes in which the thread was purged since last asked; with `worker`, by it too."""
    settings.DATELINE_EDGE_DIR = tmp_path / "edge"
    tag, lists, seen = keys.thread(story.pk, masthead.pk), keys.talked(masthead.pk), 0

    def since(*, worker=False):
        nonlocal seen
        while worker and outbox.deliver_due():
            pass
        rows = edge._ledger().newest(100)[::-1]
        found, seen = rows[seen:], len(rows)
        assert {one for row in found for one in row.tags} <= {tag, lists}
        assert all(row.mode == "soft" for row in found if lists in row.tags)
        return [row.mode for row in found if tag in row.tags]

    return since


def test_a_comment_or_a_vote_is_gathered_by_the_worker(story, masthead, purged):
    row = a_comment(story, masthead)
    vote(row.pk, by=a_reader().pk, value=1, at=NOON)

    assert purged() == []
    assert purged(worker=True) == ["soft"]  # the second of the two within ten seconds waits


def test_a_comment_that_waits_changes_no_page(story, masthead, purged):
    a_comment(story, masthead, LINKS)

    assert purged(worker=True) == []


def test_what_a_moderator_decides_is_true_at_once(story, masthead, mod, purged):
    row = a_comment(story, masthead)

    decisions.hold(row.pk, by=mod.pk, expected=1)
    assert purged() == ["gone"]
    decisions.remove(row.pk, by=mod.pk, expected=2, rule=1)
    assert purged() == []  # nobody saw it any more
    decided = decisions.approve(row.pk, by=mod.pk, expected=3)
    assert purged() == ["hard"]
    decisions.feature(row.pk, by=mod.pk, expected=4)
    assert purged() == ["hard"]
    rooms.set_door(story.pk, masthead.pk, door="closed", by=mod.pk, at=NOON)
    assert purged() == ["hard"]
    assert decided.version == 4


def test_an_edit_is_shown_at_once_and_what_it_holds_is_gone(story, masthead, purged):
    row = a_comment(story, masthead)

    authors.edit_comment(row.pk, by=row.author_id, text="Other words.", at=NOON + MINUTE)
    assert purged() == ["hard"]
    authors.edit_comment(row.pk, by=row.author_id, text=LINKS, at=NOON + MINUTE)
    assert purged() == ["gone"]
    authors.edit_comment(row.pk, by=row.author_id, text=f"{LINKS}!", at=NOON + MINUTE)
    assert purged() == []
    authors.delete_own(row.pk, by=row.author_id)
    assert purged() == []


def test_what_its_author_or_enough_readers_take_away_is_gone(story, masthead, purged):
    house(masthead, hold_at_reports=2)
    rows = [a_comment(story, masthead) for _ in range(2)]

    authors.delete_own(rows[0].pk, by=rows[0].author_id)
    assert purged() == ["gone"]
    report(rows[1].pk, by=a_reader().pk, reason="hate", at=NOON)
    assert purged() == []
    report(rows[1].pk, by=a_reader().pk, reason="hate", at=NOON)
    assert purged() == ["gone"]


def test_who_leaves_is_gone_from_every_page(story, masthead, purged):
    row = a_comment(story, masthead)

    authors.forget_reader(row.author_id, with_text=False)
    assert purged() == ["gone"]
    authors.forget_reader(a_reader().pk, with_text=True)
    assert purged() == []


@pytest.mark.parametrize(("upheld", "modes"), [(True, ["hard"]), (False, [])])
def test_an_appeal_that_is_upheld_is_seen(upheld, modes, story, masthead, mod, purged):
    row = a_comment(story, masthead)
    decided = decisions.remove(row.pk, by=mod.pk, expected=1, rule=1)
    asked = appeals.appeal(decided.decision_id, by=row.author_id, text="Why?")
    assert purged() == ["gone"]

    appeals.decide_appeal(asked, by=mod.pk, upheld=upheld, answer="We looked.")

    assert purged() == modes


def test_an_appeal_about_a_person_changes_no_page(story, masthead, mod, purged):
    decision = models.Decision.objects.create(
        reader=a_reader(), masthead=masthead, verb="warned", by=mod, at=NOON
    )
    asked = appeals.appeal(decision.pk, by=decision.reader_id, text="Why?")

    appeals.decide_appeal(asked, by=mod.pk, upheld=True, answer="You are right.")

    assert purged() == []


@pytest.mark.parametrize("key", ["one-attempt", None])
def test_however_many_try_at_once_there_is_one_comment(key, story, masthead):
    author, told = a_reader(), []

    def post():
        try:
            posted = post_comment(
                story_id=story.pk, masthead_id=masthead.pk, author_id=author.pk, at=NOON,
                text="The ferry was late again.", key=key,
            )  # fmt: skip
            told.append((posted.number, posted.again))
        finally:
            connection.close()

    threads = [threading.Thread(target=post) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == [(1, False)] + [(1, True)] * 11
    assert models.Comment.objects.count() == models.Thread.objects.get().visible == 1


def test_what_a_house_asks_is_true_on_every_page_of_its_title(masthead, mod, settings, tmp_path):
    settings.DATELINE_EDGE_DIR = tmp_path / "edge"

    rooms.save_house(masthead.pk, changes={"door": "closed"}, by=mod.pk, at=NOON)

    (purge,) = edge._ledger().newest(9)
    assert (purge.tags, purge.mode) == ((keys.chrome(masthead.pk),), "hard")


def test_lists_hear_softly_that_a_count_changed(story, masthead, mod, settings, tmp_path):
    settings.DATELINE_EDGE_DIR = tmp_path / "edge"
    row = a_comment(story, masthead)

    decisions.remove(row.pk, by=mod.pk, expected=1, rule=1)

    found = [(r.tags, r.mode) for r in edge._ledger().newest(9)]
    assert ((keys.talked(masthead.pk),), "soft") in found


def test_another_name_draws_the_threads_it_is_read_in_again(story, masthead, purged):
    row = a_comment(story, masthead)
    a_comment(story, masthead)
    purged(worker=True)

    set_display_name(row.author, "Nami Ito", at=NOON)

    assert purged() == []
    assert purged(worker=True) == ["hard"]
    assert names_of([row.author_id]) == {row.author_id: "Nami Ito"}


def test_another_name_of_somebody_nobody_reads_changes_no_page(story, masthead, mod, purged):
    row = a_comment(story, masthead)
    decisions.hold(row.pk, by=mod.pk, expected=1)
    purged(worker=True)

    set_display_name(row.author, "Nami Ito", at=NOON)

    assert purged(worker=True) == []
