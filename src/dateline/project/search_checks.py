"""What can be wrong with search, each with the way to put it right."""

from datetime import timedelta

from django.db import DatabaseError

from dateline import clock
from dateline.project.config import Config
from dateline.project.installation import Finding, Findings
from dateline.search import queries as search
from dateline.search.queries import EngineAway
from dateline.stories.queries.index_health import Standing, standing

MINUTE = timedelta(minutes=1)
LATE = 5 * MINUTE
ANEW = "Run `dateline search --rebuild`; the old index answers meanwhile."
SAID = 20  # lines of a file


def examine(config: Config) -> list[Finding]:
    """Everything that is wrong or unwise about search, in the order in which to put it right."""
    return [*synonyms(config), *index(config)]


def synonyms(config: Config) -> Findings:
    """Every line of the newsroom's own synonyms can be used."""
    problems = search.synonym_problems()
    for problem in problems[:SAID]:
        where = f"line {problem.line} of " if problem.line else ""
        yield Finding(
            "dateline.W028",
            f"{where}{config.search_synonyms} is not used: {problem.text} "
            "What is right is used at once; synonyms need no new index.",
            fatal=False,
        )
    if len(problems) > SAID:
        yield Finding(
            "dateline.W028",
            f"{len(problems) - SAID} more lines of {config.search_synonyms} are not used.",
            fatal=False,
        )


def index(_: Config) -> Findings:
    """The engine answers, and its index holds what readers may find, as they look for it."""
    try:
        found = standing(at=clock.now())
    except (EngineAway, OSError) as error:
        yield Finding(
            "dateline.E029",
            f"search does not answer: {str(error).rstrip('.')}. Start the engine, or correct "
            "DATELINE_SEARCH. Readers are told to try again.",
        )
    except DatabaseError:
        return  # said by `database_answers` and `migrations_are_run`
    else:
        yield from _of(found)


def _of(found: Standing) -> Findings:
    name, documents = found.index.engine, found.index.documents
    if not documents and found.shown:
        yield Finding(
            "dateline.W030",
            f"search ({name}) has no index of {found.shown:,} public stories. The worker makes it "
            f"within ten minutes. {ANEW}",
            fatal=False,
        )
        return
    if documents and not found.index.is_current:
        yield Finding(
            "dateline.W031",
            f"the index of search ({name}) was made by another version of the analyser, or before "
            f"its word lists were changed, so some words are not found. {ANEW}",
            fatal=False,
        )
    if found.missing or found.too_many:
        yield Finding(
            "dateline.W032",
            f"the index of search ({name}) has {documents:,} documents; {found.shown:,} are shown "
            f"now, of {found.placed:,} that were published. {ANEW}",
            fatal=False,
        )
    yield from _late(found)


def _late(found: Standing) -> Findings:
    late = clock.now() - found.oldest_at if found.oldest_at else timedelta()
    if late > LATE:
        yield Finding(
            "dateline.W033",
            f"the index of search is {late // MINUTE} minutes behind: {found.waiting:,} changes "
            "wait. Look whether the worker runs, and at `dateline outbox status`.",
            fatal=False,
        )
