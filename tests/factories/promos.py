"""Advertisers, commercial managers and campaigns for tests, through the real services."""

from datetime import UTC, date, datetime
from itertools import count

from dateline.promos import models
from dateline.promos.domain.kinds import Slot, Verb
from dateline.promos.domain.targets import Targets
from dateline.promos.domain.terms import CreativeTerms, Terms
from dateline.promos.domain.windows import Window
from dateline.promos.services.booking import add_advertiser, book
from dateline.promos.services.running import move
from tests.factories.discussion import a_reader

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # 12:00 in Tokyo
NUMBER = count(1)
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"


def a_manager(masthead=None, name="Kei Mori"):
    """Somebody who books offers for one masthead, or, without one, for the network."""
    person = a_reader(name)
    models.Manager.objects.create(user=person, masthead=masthead)
    return person


def a_creative(**fields):
    """An offer with a code, for the slot below a story."""
    wanted = {
        "kind": "offer",
        "headline": "Your companion for every trip",
        "text": "Use the code for 22 % off.",
        "cta": "Learn more",
        "target_url": "https://kumo.example/japan?from=story",
        "code": "MUSASHI22",
        "slots": frozenset({Slot.BODY}),
        **fields,
    }
    return CreativeTerms(**wanted)


def terms(*, by, advertiser="Kumo SIM", on=("musashi",), creatives=None, **fields):
    """What was agreed: a share campaign around NOON unless said otherwise."""
    aims = {name: fields.pop(name) for name in list(fields) if name in AIMS}
    days = (fields.pop("first_day", date(2026, 11, 19)), fields.pop("last_day", date(2026, 11, 22)))
    wanted = {
        "name": f"Trip {next(NUMBER)}",
        "advertiser_id": add_advertiser(advertiser, by=by.pk, at=NOON) if advertiser else None,
        "home": on[0],
        "tier": "share",
        "label": "promoted",
        "window": Window(*days, "Asia/Tokyo", fields.pop("parts", ())),
        "targets": Targets(mastheads=frozenset(on), **aims),
        "creatives": tuple(creatives or (a_creative(),)),
        **fields,
    }
    return Terms(**wanted)


AIMS = ("sections", "not_sections", "topics", "not_topics", "languages")


def a_draft(by, *, at=NOON, **fields):
    """A booked draft; returns its row."""
    return models.Campaign.objects.get(pk=book(terms(by=by, **fields), by=by.pk, at=at))


def a_campaign(by, *, at=NOON, **fields):
    """An approved campaign; returns its row as the database has it."""
    row = a_draft(by, at=at, **fields)
    for verb in (Verb.SUBMIT, Verb.APPROVE):
        move(row.pk, verb, by=by.pk, at=at)
    row.refresh_from_db()
    return row


def forge(name):
    """A name like that one, with one letter changed."""
    return f"{name[:-1]}{'A' if name[-1] != 'A' else 'B'}"
