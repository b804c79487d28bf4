"""dateline story and dateline outbox: the newsroom's urgent verbs from a shell."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dateline.outbox import services as outbox
from dateline.stories import models
from tests.factories.newsroom import a_masthead, a_story
from tests.outbox.test_services import RANG

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def test_kill_says_where_the_report_is(story):
    out = run("story", "kill", str(story.pk), "--reason", "Hoax.", "--by", "Ana")

    report = models.KillReport.objects.get()
    assert out == f"Story {story.pk} is killed. Report {report.pk} is on the desk.\n"
    assert (report.reason, report.by) == ("Hoax.", "Ana")


def test_a_refusal_is_exit_code_two_and_a_missing_story_one(story):
    run("story", "kill", str(story.pk), "--reason", "Hoax.")

    with pytest.raises(CommandError, match="was killed at") as again:
        run("story", "kill", str(story.pk), "--reason", "Hoax.")
    with pytest.raises(CommandError, match="There is no story 999999") as missing:
        run("story", "kill", "999999", "--reason", "Hoax.")

    assert (again.value.returncode, missing.value.returncode) == (2, 1)


def test_correct_tells_readers_and_may_mend_the_headline(story):
    out = run(
        "story", "correct", str(story.pk), "--text", "It was late.", "--headline", "Late ferry"
    )
    run("story", "correct", str(story.pk), "--text", "By an hour.", "--kind", "clarification")

    story.refresh_from_db()
    assert out == f"Story {story.pk} carries a correction.\n"
    assert story.headline == "Late ferry"
    kinds = models.Correction.objects.order_by("pk").values_list("kind", "text")
    assert list(kinds) == [("correction", "It was late."), ("clarification", "By an hour.")]


def test_publish_due_says_how_many(story):
    models.Story.objects.filter(pk=story.pk).update(expire_at=TEN)

    assert run("story", "publish-due") == "1 stories published or withdrawn.\n"


def test_outbox_status_says_what_is_owed(story):
    while outbox.deliver_due():
        pass
    assert "deliveries waiting" in run("outbox", "status")

    report = json.loads(run("outbox", "status", "--json"))

    assert set(report) == {"facts", "waiting", "oldest_at", "failing"}
    assert report["facts"] > 0


def test_outbox_status_names_what_keeps_failing(story, settings):
    settings.DATELINE_SUBSCRIPTIONS = "tests.outbox.test_services.FAILING"
    outbox.record(RANG)
    outbox.deliver_due()

    out = run("outbox", "status")

    assert "waiting, the oldest since" in out
    assert "failed 1 times, next try" in out
    assert "ValueError: The clapper is broken." in out


def run(*words):
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.fixture
def story():
    a_masthead()
    return a_story(at=TEN)
