"""A paper of any age, laid by SQL: thirty-six stories a day, the newest an hour ago."""

import hashlib
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
SECTIONS = ("world", "politics", "business", "culture", "sport", "opinion")
TOPICS, PEOPLE = 20, 20
EVERY_MINUTES = 40
CORRECTED = 20  # one story in so many


def lay(folder: Path, size: int) -> Path:
    """The database of a paper with `size` stories, laid unless it is there; Django is set up.

    It is laid anew when the tables changed, or after a day, since it ends now.
    """
    import dateline

    tables = (Path(dateline.__file__).parent / "tables.sql").read_bytes()
    code = Path(__file__).read_bytes()
    mark = hashlib.sha256(tables + code + f"{NOW:%Y-%m-%d}".encode()).hexdigest()[:12]
    path = folder / f"paper-{size}-{mark}.sqlite3"
    if not path.exists():
        for old in folder.glob(f"paper-{size}-*"):
            old.unlink()
        making = path.with_suffix(".making")
        making.unlink(missing_ok=True)
        _make(making, size)
        shutil.move(making, path)
    return path


def _make(path: Path, size: int) -> None:
    from django.core.management import call_command
    from django.db import connection, connections

    connections.close_all()
    connections.settings["default"]["NAME"] = str(path)
    connection.settings_dict["NAME"] = str(path)
    call_command("migrate", verbosity=0)
    first = _newsroom()
    with connection.cursor() as cursor:
        for statement in _statements(first, size):
            cursor.execute(statement)
        cursor.execute("ANALYZE")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()


def _newsroom() -> Any:
    """A masthead, its people and topics, and the story that all others are copies of."""
    from dateline.mastheads.models import Section
    from dateline.stories import models
    from dateline.stories.services.drafting import save_person, save_topic
    from dateline.wire.models import Provider
    from tests.factories.newsroom import a_masthead, a_story

    a_masthead("musashi", sections=SECTIONS)
    a_masthead("kinako", sections=SECTIONS, look="magazine")
    culture = Section.objects.get(masthead__slug="musashi", slug="culture")
    Section.objects.filter(masthead__slug="musashi", slug__in=("sport", "opinion")).update(
        parent=culture
    )
    for number in range(TOPICS):
        save_topic(slug=f"topic-{number}", name=f"Topic {number}")
    for number in range(PEOPLE):
        save_person(slug=f"person-{number}", name=f"Person {number}")
    kna = Provider.objects.create(slug="kna", name="KNA")
    body = [("text", f"<p>{'Words and words. ' * 20}</p>")]
    story = a_story("Council votes", body=body, provider=kna,
                    standfirst="A short sentence that says what the story is about.")  # fmt: skip
    models.Placement.objects.filter(story=story).update(published_at=_start(1), slug="story")
    models.Story.objects.filter(pk=story.pk).update(updated_at=_start(1))
    return story


def _start(size: int) -> datetime:
    return NOW - timedelta(minutes=EVERY_MINUTES * size)


def _statements(first: Any, size: int) -> list[str]:
    """Copies of the first story, which is the oldest; then under what each is listed."""
    placement = first.placements.get()
    section_ids = [row.pk for row in placement.masthead.sections.order_by("place")]
    choice = " ".join(f"WHEN {at} THEN {pk}" for at, pk in enumerate(section_ids))
    oldest = f"{_start(size + 3):%Y-%m-%d %H:%M:%S}"
    later = f"'+' || (i * {EVERY_MINUTES}) || ' minutes'"
    moment = f"strftime('%Y-%m-%d %H:%M:%f', '{oldest}', {later})"
    names, values = _columns(moment)
    numbers = (
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {size - 1})"
    )
    story = (
        f"{numbers} INSERT INTO stories_story (id, {names}) SELECT {first.pk} + i, {values} "
        f"FROM n, stories_story s WHERE s.id = {first.pk}"
    )
    placed = (
        f"{numbers} INSERT INTO stories_placement (id, story_id, masthead_id, section_id, slug, "
        f"canonical, comments_open, published_at) SELECT {placement.pk} + i, {first.pk} + i, "
        f"{placement.masthead_id}, CASE i % {len(section_ids)} {choice} END, 'story-' || i, 1, 1, "
        f"{moment} FROM n"
    )
    return ["DELETE FROM stories_listedunder", story, placed, *_about(), *_listed()]


def _columns(moment: str) -> tuple[str, str]:
    """Columns of a story but its id, and what each copy has in them."""
    from django.db.models.sql import Query

    from dateline.stories.models import Story

    given = {
        "headline": "headline || ', part ' || i",
        "provider_id": "CASE WHEN i % 4 THEN NULL ELSE provider_id END",
        "latest_revision_id": "NULL",
        "live_revision_id": "NULL",
    }
    times = ("updated_at", "created_at", "first_published_at", "last_published_at")
    given |= dict.fromkeys(times, moment)
    fields = Query(Story).get_meta().concrete_fields
    columns = [field.column for field in fields if field.column != "id"]
    return ", ".join(columns), ", ".join(given.get(name, name) for name in columns)


def _about() -> list[str]:
    """Two topics and a person for each story, a correction for some."""
    topics = (
        "INSERT INTO stories_story_topics (story_id, topic_id) SELECT s.id, t.id "
        f"FROM stories_story s JOIN stories_topic t ON t.id IN (1 + s.id % {TOPICS}, "
        f"1 + (s.id * 7 + 3) % {TOPICS})"
    )
    people = (
        "INSERT INTO stories_byline (story_id, person_id, sort_order) "
        f"SELECT id, 1 + id % {PEOPLE}, 0 FROM stories_story"
    )
    corrections = (
        "INSERT INTO stories_correction (story_id, kind, text, by, at) "
        "SELECT id, 'correction', 'A number was wrong.', 'b', updated_at FROM stories_story "
        f"WHERE id % {CORRECTED} = 0"
    )
    return [topics, people, corrections]


def _listed() -> list[str]:
    story = "JOIN stories_story s ON s.id = p.story_id"
    joins = {
        "'topic:' || t.topic_id": "JOIN stories_story_topics t ON t.story_id = p.story_id",
        "'person:' || b.person_id": "JOIN stories_byline b ON b.story_id = p.story_id",
        "'agency:' || s.provider_id": f"{story} WHERE s.provider_id IS NOT NULL",
        "'corrected'": "JOIN stories_correction c ON c.story_id = p.story_id",
    }
    return [
        "INSERT INTO stories_listedunder (placement_id, masthead_id, subject, moment) "
        f"SELECT p.id, p.masthead_id, {subject}, p.published_at FROM stories_placement p {join}"
        for subject, join in joins.items()
    ]
