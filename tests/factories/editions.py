"""Recipes of lists and their editions for tests, through the real services."""

from datetime import UTC, datetime, time

from dateline.newsletters import models
from dateline.newsletters.domain.editions import BlockKind, Item
from dateline.newsletters.services import recipes
from dateline.newsletters.services.editions import make_draft
from dateline.newsletters.services.recipes import BlockTerms, RecipeTerms
from tests.factories.discussion import a_reader

SEVEN = datetime(2026, 11, 19, 22, 0, tzinfo=UTC)  # 07:00 on Friday the 20th in Tokyo
SIX = datetime(2026, 11, 19, 21, 0, tzinfo=UTC)


def a_letter_editor(masthead=None, name="Nao Ueda"):
    """Somebody who makes one masthead's letters, or, without one, everybody's."""
    person = a_reader(name)
    models.ListEditor.objects.create(user=person, masthead=masthead)
    return person


def a_recipe(newsletter, *blocks, by=None, at=SIX, **fields):
    """A recipe of a list; without blocks it is one of the newest five stories."""
    by = by or a_letter_editor(newsletter.masthead)
    terms = RecipeTerms(
        blocks=blocks or (BlockTerms(kind=BlockKind.SECTION, count=5),),
        **{"time": time(7), "fresh_hours": 0, **fields},
    )
    recipes.save_recipe(newsletter.pk, terms, by=by.pk, at=at)
    return newsletter.recipe


def an_edition(newsletter, *, at=SIX, by=None, **fields):
    """A draft by the list's recipe; returns its row."""
    return make_draft(newsletter.pk, at=at, by=by.pk if by else None, **fields)


def an_item(number=1, **fields):
    """A story as an edition holds it."""
    wanted = {
        "key": f"story:{number}",
        "site": "musashi",
        "path": f"/world/ferry-{number}",
        "headline": f"Ferry {number}",
        "source": f"Ferry {number}",
    }
    return Item(**{**wanted, **fields})
