"""dateline emergency: switch every title to text only, or show a banner, and end it."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dateline import clock
from dateline.fronts import queries, services
from dateline.fronts.domain.alarm import Level, Told
from dateline.fronts.domain.errors import AlarmRefused
from dateline.fronts.domain.words import words_for

LEVELS = {"on": Level.EMERGENCY, "banner": Level.BANNER, "off": Level.OFF}


class Command(BaseCommand):
    help = (
        "Switch every title of the network to text only (on), show a notice above every page "
        "(banner), end either (off), or print what stands (status), as JSON. What is left out is "
        "as it was the last time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=[*LEVELS, "status"])
        for name in ("english", "japanese"):
            parser.add_argument(f"--{name}", metavar="TEXT", help=f"The notice in {name.title()}.")
            parser.add_argument(
                f"--link-{name}", metavar="WORDS_AND_URL", action="append",
                help=f"Official information for readers of {name.title()}; may be repeated.",
            )  # fmt: skip

    def handle(self, *_args: Any, verb: str, **options: Any) -> None:
        if verb in LEVELS:
            try:
                services.switch(LEVELS[verb], _told(options), by=None, at=clock.now())
            except AlarmRefused as refusal:
                raise CommandError(_said(refusal), returncode=2) from refusal
        stands = queries.standing()
        told = {
            "level": stands.level.name.lower(),
            "since": stands.at.isoformat() if stands.at else None,
            "english": stands.told.english,
            "japanese": stands.told.japanese,
        }
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))


def _told(options: dict[str, Any]) -> Told:
    last = queries.standing().told
    return Told(
        options["english"] or last.english,
        options["japanese"] or last.japanese,
        "\n".join(options["link_english"] or []) or last.links_english,
        "\n".join(options["link_japanese"] or []) or last.links_japanese,
    )


def _said(refusal: AlarmRefused) -> str:
    w = words_for("en")
    return " ".join(f"--{name}: {w[key]}" for name, key in refusal.problems.items())
