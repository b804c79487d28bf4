"""What the discussion's benchmarks share: an installation of their own, texts, percentiles."""

import os
import secrets
from pathlib import Path
from typing import Any

SENTENCE = "the ferry came back to the harbour at noon and the market opened again under rain"
WORDS = SENTENCE.split()


def start(scratch: str) -> None:
    """Set Django up on the installation in `scratch`."""
    os.environ |= {
        "DATELINE_DATA_DIR": scratch,
        "DATELINE_SECRET_KEY": os.environ.get("DATELINE_SECRET_KEY") or secrets.token_urlsafe(48),
        "DJANGO_SETTINGS_MODULE": "dateline.project.settings",
    }
    import django

    django.setup()


def set_up(scratch: Path) -> tuple[Any, Any]:
    """A migrated installation with one masthead and one public story; returns their rows."""
    (scratch / "static").mkdir()
    start(str(scratch))
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.factories.discussion import house
    from tests.factories.newsroom import a_masthead, a_story

    masthead = a_masthead("musashi", sections=("world",))
    house(masthead, seconds_between=0, most_in_minute=0)
    return masthead, a_story("The ferry is late")


def text(number: int) -> str:
    """About 300 characters that no other number gives."""
    return " ".join(WORDS[(number * step) % len(WORDS)] for step in range(1, 60)) + f" {number}"


def p95(took: list[float]) -> float:
    """The 95th percentile."""
    return sorted(took)[int(len(took) * 0.95)]
