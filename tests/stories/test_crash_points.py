"""A crash between any two steps of a verb leaves the whole verb or nothing of it.

Every verb is let fall before each statement it sends, and before and after each COMMIT, one after
another. `pytest --soak` falls before each read too; else only where something changes.
"""

import json
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from wagtail.models import Workflow

from dateline.outbox.domain import Hearers
from dateline.project.subscriptions import SUBSCRIPTIONS
from dateline.stories import models
from dateline.stories.services import from_wire, kills, publishing
from dateline.stories.services.drafting import Place
from dateline.wire import models as wire
from tests.campaigns.steps import Steps, counted
from tests.factories.desk import bulk, edit, form
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.wire import a_provider, a_wire_item

pytestmark = pytest.mark.django_db(transaction=True)

TOLD_LATER = {fact: Hearers(later=h.urgent + h.later) for fact, h in SUBSCRIPTIONS.items()}
LATER = datetime.now(UTC) + timedelta(hours=1)
PAST = datetime.now(UTC) - timedelta(minutes=1)
# Who signed in and who edits what is no part of a verb.
ASIDE = {"django_session", "wagtailadmin_editingsession", "accounts_user"}
# What readers see and are told. A draft may be kept though its publish was not.
PUBLIC = {
    "stories_placement", "stories_storyversion", "stories_correction", "stories_killreport",
    "stories_deskalarm", "outbox_factrecord", "outbox_delivery",
}  # fmt: skip
OF_THE_DRAFT = {"latest_revision_id", "has_unpublished_changes"}

NUMBER = count(1)
NEW = {"headline": "The ferry never left"}
VERBS = {
    "publish": ("draft", lambda s: publishing.publish_story(s.pk, by="Ben")),
    "update": ("public", lambda s: publishing.update_story(s.pk, changes=NEW, by="Ben")),
    "correct": (
        "public",
        lambda s: publishing.correct_story(
            s.pk, kind="correction", text="It had not left.", changes=NEW, by="Ben"
        ),
    ),
    "withdraw": ("public", lambda s: publishing.withdraw_story(s.pk, reason="Doubts.", by="Ben")),
    "kill": ("public", lambda s: kills.kill_story(s.pk, reason="Hoax.", by="Ben")),
    "kill in review": ("in review", lambda s: kills.kill_story(s.pk, reason="Hoax.", by="Ben")),
    "reinstate": ("killed", lambda s: kills.reinstate_story(s.pk, by="Ben")),
    "schedule": (
        "draft", lambda s: publishing.schedule_story(s.pk, go_live_at=LATER, by="Ben")
    ),
    "embargo": ("public", lambda s: publishing.embargo_story(s.pk, until=LATER, by="Ben")),
    "withhold": ("public", lambda s: kills.withhold_story(s.pk, reason="Doubts.", by="Ben")),
    "lift": ("withheld", lambda s: kills.lift_hold(s.pk, by="Ben")),
    "publish what is due": ("due", lambda _: publishing.publish_due()),
    "withdraw what ran out": ("run out", lambda _: publishing.publish_due()),
    "publish_scheduled": ("due", lambda _: call_command("publish_scheduled")),
    "publish_scheduled, expiry": ("run out", lambda _: call_command("publish_scheduled")),
    "approve": ("in review", lambda s: task_of(s).approve(user=None)),
    "take a newer version": ("from the wire", lambda s: from_wire.take_version(s.pk, newer(s))),
    "follow a cancel": ("from the wire", lambda s: from_wire.kill_family(s.wire_item_id)),
}  # fmt: skip


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_is_done_whole_or_not_at_all_wherever_it_falls(newsroom, soaking, name):
    beginning, verb = VERBS[name]
    twin = BEGINNINGS[beginning]()
    before = everything()
    verb(twin)
    whole = change(before, everything())
    assert whole["outbox_factrecord"][0] >= 1

    subject = BEGINNINGS[beginning]()
    before = everything()
    for step in count(1):
        steps = fall_at(step, lambda: verb(subject), only_changes=not soaking)
        done = change(before, everything())
        if steps.commits:
            break
        assert done == {}, f"{name} fell at step {step} and left {done}"
    assert step > 3
    assert done == whole
    assert steps.taken == step, "a verb is one transaction, and this is the crash right after it"


@pytest.mark.parametrize("first", ["draft", "public"])
def test_the_edit_view_publishes_whole_or_not_at_all_and_loses_nothing_typed(
    newsroom, desk, soaking, first
):
    """The text is kept as a draft first, in a transaction of its own; then it is published."""
    twin, subject = BEGINNINGS[first](), BEGINNINGS[first]()
    told = {"change_kind": "correction", "change_note": "It had not left."}
    typed = NEW | (told if first == "public" else {})
    before = public()
    desk.post(edit(twin), form(twin, publish=True, **typed))
    whole = change(before, public())
    assert whole["outbox_factrecord"][0] >= 1

    before, kept = public(), False
    for step in count(1):
        steps = fall_at(
            step,
            lambda: desk.post(edit(subject), form(subject, publish=True, **typed)),
            only_changes=not soaking,
        )
        latest = models.Story.objects.get(pk=subject.pk).get_latest_revision_as_object()
        kept = kept or steps.commits > 0
        assert (latest.headline == NEW["headline"]) is kept
        done = change(before, public())
        assert done in ({}, whole), f"fell at step {step} and left {done}"
        if done:
            break
    assert (steps.commits, steps.taken) == (2, step)


def on_the_desk(name):
    """An address of a snippet's screen; the arguments after its story's."""
    return lambda s, *more: reverse(f"wagtailsnippets_stories_story:{name}", args=[s.pk, *more])


DESK = {
    "unpublish": (
        "public", lambda d, s: d.post(on_the_desk("unpublish")(s), {"reason": "Doubts."})
    ),
    "approve": (
        "in review",
        lambda d, s: d.post(on_the_desk("workflow_action")(s, "approve", task_of(s).pk)),
    ),
    "kill": (
        "public", lambda d, s: d.post(reverse("stories_desk:kill", args=[s.pk]), {"reason": "Hoax."})
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DESK)
def test_a_screen_of_the_desk_does_its_verb_whole_or_not_at_all(newsroom, desk, soaking, name):
    beginning, ask = DESK[name]
    twin, subject = BEGINNINGS[beginning](), BEGINNINGS[beginning]()
    before = everything()
    assert ask(desk, twin).status_code == 302
    whole = change(before, everything())
    assert whole["outbox_factrecord"][0] >= 1

    before = everything()
    for step in count(1):
        fall_at(step, lambda: ask(desk, subject), only_changes=not soaking)
        done = change(before, everything())
        assert done in ({}, whole), f"{name} fell at step {step} and left {done}"
        if done:
            break
    assert step > 5


@pytest.mark.parametrize(("action", "first"), [("publish", "draft"), ("unpublish", "public")])
def test_a_bulk_action_does_each_story_whole_or_not_at_all(newsroom, desk, soaking, action, first):
    one, other = BEGINNINGS[first](), BEGINNINGS[first]()
    before = everything()
    for step in count(1):
        fall_at(step, lambda: bulk(desk, action, [one, other]), only_changes=not soaking)
        after = everything()
        if change(before, after):
            break
    told = sorted(after["outbox_factrecord"] - before["outbox_factrecord"])
    assert step > 10
    assert [fresh(story).live for story in (one, other)] == [not one.live] * 2
    assert [json.loads(payload)["story_id"] for _, _, payload, _ in told] == [one.pk, other.pk]


class PowerFailure(BaseException):
    """Nothing catches it, as nothing catches a power failure."""


def fall_at(step, verb, *, only_changes):
    """Run `verb` until `step`, where the power fails and the connection is gone."""
    steps = Steps(step, fall=power_failure, only_changes=only_changes)
    with counted(steps), pytest.raises(PowerFailure):
        verb()
    connection.close()
    return steps


def power_failure():
    """What was not committed is not there when the power is back."""
    connection.connection.rollback()
    raise PowerFailure


def everything():
    """Every row of every table: {table: rows}."""
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor)) - ASIDE
        return {name: rows_of(cursor, name) for name in names}


def public():
    """What readers see and are told, without what only drafts change."""
    names = [field.column for field in models.Story._meta.concrete_fields]
    shown = ", ".join(name for name in names if name not in OF_THE_DRAFT)
    with connection.cursor() as cursor:
        rows = {name: rows_of(cursor, name) for name in PUBLIC}
        return rows | {"stories_story": rows_of(cursor, "stories_story WHERE live", shown)}


def rows_of(cursor, table, columns="*"):
    sql = f"SELECT {columns} FROM {table}"  # noqa: S608 - names of our own tables, nothing typed
    return set(cursor.execute(sql).fetchall())


def change(before, after):
    """{table: (rows added, rows gone)}; a changed row counts as both."""
    return {
        name: (len(after[name] - before[name]), len(before[name] - after[name]))
        for name in before
        if after[name] != before[name]
    }


def fresh(story):
    return models.Story.objects.get(pk=story.pk)


def changed(story, **fields):
    models.Story.objects.filter(pk=story.pk).update(**fields)
    return fresh(story)


def killed(story):
    kills.kill_story(story.pk, reason="Hoax.", by="Ana")
    return fresh(story)


def withheld(story):
    kills.withhold_story(story.pk, reason="Doubts.", by="Ana")
    return fresh(story)


def due(story):
    publishing.schedule_story(story.pk, go_live_at=LATER, by="Ana")
    revision = story.revisions.latest("pk")
    content = {**revision.content, "go_live_at": PAST.isoformat()}
    story.revisions.filter(pk=revision.pk).update(content=content, approved_go_live_at=PAST)
    return fresh(story)


def in_review(story):
    Workflow.objects.get(name="Two pairs of eyes").start(story, None)
    return fresh(story)


def task_of(story):
    return fresh(story).current_workflow_state.current_task_state


def from_the_wire():
    """A public story of an agency whose newer versions go out by themselves."""
    provider = a_provider(f"kna-{next(NUMBER)}", auto_update=True)
    item = a_wire_item(provider, reason="The agency canceled it.")
    places = (Place(masthead="musashi", section="world"),)
    story_id = from_wire.make_story(item.pk, by="Ana", places=places)
    publishing.publish_story(story_id, by="Ana")
    a_wire_item(provider, family=item.family, version=2, headline="The ferry never left")
    return models.Story.objects.get(pk=story_id)


def newer(story):
    """The id of version two of a story's item."""
    return wire.WireItem.objects.get(family=story.wire_family, version=2).pk


BEGINNINGS = {
    "draft": a_draft,
    "public": lambda: a_story(lead_picture=a_picture(f"picture {next(NUMBER)}")),
    "killed": lambda: killed(BEGINNINGS["public"]()),
    "withheld": lambda: withheld(a_story()),
    "due": lambda: due(a_draft()),
    "run out": lambda: changed(a_story(), expire_at=PAST),
    "in review": lambda: in_review(a_draft()),
    "from the wire": from_the_wire,
}


@pytest.fixture
def newsroom(db, two_pairs_of_eyes, media_root, settings):
    """Here every fact waits for the worker, so that what is counted is the verb's alone."""
    settings.DATELINE_SUBSCRIPTIONS = f"{__name__}.TOLD_LATER"
    a_masthead()
