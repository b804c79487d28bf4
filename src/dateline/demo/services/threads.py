"""Let the demo's readers talk: comments, votes and what a moderator did, through the services."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from dateline.accounts.services import people as accounts
from dateline.accounts.services import readers
from dateline.demo import adapters
from dateline.discussion.queries.visibility import counts
from dateline.discussion.services import authors, decisions, moderators, posting, voting
from dateline.mastheads.domain.site import Site
from dateline.mastheads.queries import by_slug
from dateline.stories.queries import reading as stories

ADMIN, MODERATOR, EDITOR = "admin", "moderator", "editor"  # log-ins of the demo
LATER = timedelta(minutes=4)  # until somebody votes, or decides


@dataclass(frozen=True, slots=True)
class Line:
    """One comment as written, the `place`th of its thread, said at `at` (aware UTC)."""

    at: datetime
    site: Site
    story_id: int
    place: int
    words: dict[str, Any]


@transaction.atomic
def talk(*, at: datetime) -> int:
    """Add what is missing of the threads that are written for the demo; return how many comments.

    `at` is the moment of the seeding, aware UTC. A thread in which somebody spoke is left alone.
    """
    written = adapters.table("threads")
    lines = sorted(_lines(written["thread"], now=at), key=lambda line: line.at)
    people = _people(written["people"], at=at) if lines else {}
    ids: dict[tuple[int, int], int] = {}
    for line in lines:  # all threads together: nobody speaks in two at once
        ids[line.story_id, line.place] = _said(line, people, ids)
    for line in lines:
        _judged(ids[line.story_id, line.place], line.words, people, at=line.at + LATER)
    return len(lines)


def _lines(threads: Iterable[dict[str, Any]], *, now: datetime) -> Iterator[Line]:
    ages = {story.slug: story.ago for story in adapters.stories()}
    for thread in threads:
        site = by_slug(thread["masthead"])
        story_id = stories.id_on(thread["masthead"], thread["story"])
        if site is None or story_id is None or counts(site, [story_id], at=now)[story_id]:
            continue
        began = now - ages[thread["story"]]
        for place, words in enumerate(thread["comment"], start=1):
            yield Line(began + timedelta(minutes=words["at"]), site, story_id, place, words)


def _said(line: Line, people: dict[str, UUID], ids: dict[tuple[int, int], int]) -> int:
    words = line.words
    return posting.post_comment(
        story_id=line.story_id, masthead_id=line.site.id, author_id=people[words["by"]],
        text=words["text"], answers_id=ids.get((line.story_id, words.get("answers", 0))),
        quote=words.get("quote", ""), at=line.at,
    ).comment_id  # fmt: skip


def _people(names: dict[str, str], *, at: datetime) -> dict[str, UUID]:
    """Whoever speaks, by the name they have in the file. Nobody can sign in as those made here."""
    found: dict[str, UUID] = {}
    for key, name in names.items():
        person = accounts.create_person(email=f"{key}@readers.example.test", password=None)
        readers.set_display_name(person, name, at=at)
        found[key] = person.pk
    for key in (ADMIN, MODERATOR, EDITOR):
        facts = adapters.table("logins")[key]
        found[key] = accounts.create_person(email=facts["email"], password=None).pk
    moderators.appoint(found[MODERATOR], masthead_id=None, by=found[ADMIN], at=at)
    return found


def _judged(comment_id: int, one: dict[str, Any], people: dict[str, UUID], *, at: datetime) -> None:
    voters = [pk for key, pk in people.items() if key not in {one["by"], ADMIN, MODERATOR}]
    ups, downs = one.get("up", 0), one.get("down", 0)
    for place, voter in enumerate(voters[: ups + downs]):
        voting.vote(comment_id, by=voter, value=1 if place < ups else -1, at=at)
    by = people[MODERATOR]
    if one.get("featured"):
        decisions.feature(comment_id, by=by, expected=1, at=at)
    if "rule" in one:
        decisions.remove(comment_id, by=by, expected=1, rule=one["rule"], at=at)
    if one.get("deleted"):
        authors.delete_own(comment_id, by=people[one["by"]], at=at)
