"""dateline story ... : the newsroom's urgent verbs from a shell."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dateline.stories.domain.errors import StoryRefused
from dateline.stories.models import Story
from dateline.stories.services import kills, publishing

SHELL = "the command line"


class Command(BaseCommand):
    help = "Kill or correct a story, or publish what is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        kill = verbs.add_parser("kill", help="Take a story down everywhere, for good.")
        kill.add_argument("story_id", type=int, metavar="ID")
        kill.add_argument("--reason", required=True, help="Why. The record keeps it.")
        kill.add_argument("--by", default=SHELL, help="Who decided.")
        correct = verbs.add_parser("correct", help="Tell readers what was wrong in a story.")
        correct.add_argument("story_id", type=int, metavar="ID")
        correct.add_argument("--text", required=True, help="For readers: what was wrong.")
        correct.add_argument("--kind", default="correction", help="correction or clarification.")
        correct.add_argument("--headline", help="The right headline, if that was wrong.")
        correct.add_argument("--by", default=SHELL, help="Who decided.")
        verbs.add_parser("publish-due", help="Publish what is scheduled, withdraw what expired.")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        del args
        try:
            getattr(self, verb.replace("-", "_"))(**options)
        except Story.DoesNotExist:
            raise CommandError(f"There is no story {options['story_id']}.") from None
        except StoryRefused as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal

    def kill(self, *, story_id: int, reason: str, by: str, **_: Any) -> None:
        """Kill and say where the report is."""
        report_id = kills.kill_story(story_id, reason=reason, by=by)
        self.stdout.write(f"Story {story_id} is killed. Report {report_id} is on the desk.")

    def correct(
        self, *, story_id: int, text: str, kind: str, headline: str | None, by: str, **_: Any
    ) -> None:
        """Correct and say so."""
        changes = {"headline": headline} if headline else {}
        publishing.correct_story(story_id, kind=kind, text=text, changes=changes, by=by)
        self.stdout.write(f"Story {story_id} carries a {kind}.")

    def publish_due(self, **_: Any) -> None:
        """Do what is due and say how many."""
        self.stdout.write(f"{publishing.publish_due()} stories published or withdrawn.")
