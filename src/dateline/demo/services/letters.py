"""Write the demo's letters: a recipe for its lists, mornings in the archive, and today's draft."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from dateline.accounts.services import people as accounts
from dateline.demo import adapters
from dateline.demo.services.threads import EDITOR
from dateline.newsletters.domain.editions import BlockKind
from dateline.newsletters.queries.edition_desk import lists_of
from dateline.newsletters.services import recipes, sending
from dateline.newsletters.services.editions import make_draft
from dateline.newsletters.services.recipes import BlockTerms, RecipeTerms

BEFORE = (timedelta(days=2), timedelta(days=1))  # mornings that are in the archive
OLD = timedelta(days=3)


@transaction.atomic
def write(*, at: datetime) -> int:
    """Give the demo's lists their recipes and letters where they have none; return how many.

    `at` is the moment of the seeding, aware UTC. No mail leaves: the letters of the days before
    are put in the archive, and those of today are drafts.
    """
    email = adapters.table("logins")[EDITOR]["email"]
    editor = accounts.create_person(email=email, password=None).pk
    told = adapters.table("recipes")
    known = {one.slug: one for one in lists_of(editor)}
    if missing := set(told) - set(known):
        raise ValueError(f"There is no list {', '.join(sorted(missing))} for a recipe.")
    new = {slug: how for slug, how in told.items() if not hasattr(known[slug], "recipe")}
    return sum(_written(known[slug].pk, how, by=editor, at=at) for slug, how in new.items())


def _written(number: int, how: dict[str, Any], *, by: UUID, at: datetime) -> int:
    blocks = [BlockTerms(**{**one, "kind": BlockKind(one["kind"])}) for one in how["blocks"]]
    rest = {name: value for name, value in how.items() if name not in {"blocks", "time"}}
    wall = time.fromisoformat(how["time"])
    terms = RecipeTerms(blocks=blocks, time=wall, **rest)
    recipes.save_recipe(number, terms, by=by, at=at - OLD)
    for ago in BEFORE:
        letter = make_draft(number, at=at - ago)
        sending.archive_only(letter.pk, by=by, at=at - ago)
    make_draft(number, at=at)
    return len(BEFORE) + 1
