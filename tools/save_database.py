"""Save the database of a small real newsroom, so that every later upgrade is tried on it.

Run: uv run python -m tools.save_database first-edition

Writes tests/project/saved/NAME.sqlite3.gz. Run it once when an edition is finished, and never again
for the same name: the file is what was out there.
"""

import gzip
import os
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

SAVED = Path(__file__).parent.parent / "tests" / "project" / "saved"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def main(name: str) -> None:
    """Make the newsroom in a throw-away place and keep its file."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["DATELINE_DATA_DIR"] = scratch
        os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.project.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        _newsroom()
        from django.db import connection

        copy = Path(scratch) / "copy.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        content = copy.read_bytes()
    target = SAVED / f"{name}.sqlite3.gz"
    target.write_bytes(gzip.compress(content, mtime=0))
    print(f"{target}: {target.stat().st_size:,} bytes")


def _newsroom() -> None:
    """Two mastheads and a story in every standing, through the services."""
    from dateline.stories.services import from_wire, kills, publishing
    from tests.factories.newsroom import a_draft, a_masthead, a_story, an_editor
    from tests.factories.wire import a_provider, a_wire_item

    an_editor()
    a_masthead()
    a_masthead("kinako", look="magazine")
    a_story("A ferry comes home", on=("musashi", "kinako"), at=NOON)
    corrected = a_story("Ten were hurt", at=NOON)
    publishing.correct_story(
        corrected.pk, kind="correction", text="Two were hurt.", by="Ana Mori",
        changes={"headline": "Two were hurt"}, at=NOON + timedelta(hours=1),
    )  # fmt: skip
    kills.kill_story(a_story("Names a minor", at=NOON).pk, reason="Names a minor.", by="Ana Mori")
    publishing.withdraw_story(a_story("Unclear", at=NOON).pk, reason="Unclear.", by="Ana Mori")
    a_draft("Half-written")
    later = datetime(2036, 1, 1, tzinfo=UTC)
    publishing.schedule_story(a_draft("Ten years on").pk, go_live_at=later, by="Ana Mori")
    item = a_wire_item(a_provider(), headline="From the wire")
    from_wire.make_story(item.pk, by="Ana Mori")


if __name__ == "__main__":
    main(sys.argv[1])
