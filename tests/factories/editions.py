"""Recipes of lists and their editions for tests, through the real services."""

from datetime import UTC, datetime, time

from dateline.mail.queries.links import token_for
from dateline.mail.services import sending as mail
from dateline.newsletters import models
from dateline.newsletters.domain.clicks import COPY
from dateline.newsletters.domain.editions import BlockKind, Item
from dateline.newsletters.services import checking, recipes, sending
from dateline.newsletters.services.editions import make_draft
from dateline.newsletters.services.recipes import BlockTerms, RecipeTerms
from tests.factories.discussion import a_reader
from tests.factories.newsletters import a_subscriber

SEVEN = datetime(2026, 11, 19, 22, 0, tzinfo=UTC)  # 07:00 on Friday the 20th in Tokyo
SIX = datetime(2026, 11, 19, 21, 0, tzinfo=UTC)

LOCAL = "letters@musashi.localhost"  # a domain that no public DNS is asked about


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


def a_sent_edition(newsletter, *, at=SIX, by=None, readers=()):
    """A letter that left at `at` to `readers` (addresses) and is in the archive."""
    by = by or a_letter_editor(newsletter.masthead)
    models.Newsletter.objects.filter(pk=newsletter.pk).update(sender_address=LOCAL)
    newsletter.refresh_from_db()
    for address in readers:
        a_subscriber(newsletter, address=address)
    row = an_edition(newsletter, at=at)  # as the clock makes it: no block stays empty
    assert checking.check(row.pk, by=by.pk, at=at)
    sending.send_now(row.pk, by=by.pk, at=at)
    sending.send_due(at=at)
    mail.send_due(at=at)
    sending.settle(at=at)
    row.refresh_from_db()
    return row


def the_copy(edition, address):
    """What the links of this reader's copy end in."""
    who = models.Subscriber.objects.get(key=address)
    return token_for(COPY, who.pk, edition.mailing_id)


def the_link(edition, path):
    """The link of a letter that leads to a path; of several kinds the first."""
    return edition.links.filter(path=path).order_by("pk").first()
