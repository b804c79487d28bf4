"""Book the demo's offers, each by the steps that a commercial manager takes."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from dateline.accounts.services import people as accounts
from dateline.demo import adapters
from dateline.demo.services.threads import ADMIN
from dateline.mastheads.queries import by_slug
from dateline.promos.domain.kinds import Slot, Verb
from dateline.promos.domain.targets import Targets
from dateline.promos.domain.terms import CreativeTerms, Terms
from dateline.promos.domain.windows import Window
from dateline.promos.queries import campaigns
from dateline.promos.services import booking, running

NO_PORT_YET = ":0"  # a demo that is kept to be copied, and told its port later
FROM, DAYS = timedelta(days=1), timedelta(days=60)  # since yesterday in every time zone


@transaction.atomic
def book(*, at: datetime) -> int:
    """Book and approve what is missing of the offers written for the demo; return how many.

    `at` is the moment of the seeding, aware UTC: each runs from the day before it.
    """
    known = set(campaigns.rows().values_list("name", flat=True))
    missing = [one for one in adapters.table("offers")["offer"] if one["name"] not in known]
    if missing:
        email = adapters.table("logins")[ADMIN]["email"]
        by = accounts.create_person(email=email, password=None).pk
        for one in missing:
            _booked(one, by=by, at=at)
        running.move_on(at=at)
    return len(missing)


def _booked(one: dict[str, Any], *, by: UUID, at: datetime) -> None:
    advertiser = booking.add_advertiser(one["advertiser"], by=by, at=at)
    number = booking.book(_terms(one, advertiser, at=at), by=by, at=at)
    for verb in (Verb.SUBMIT, Verb.APPROVE):
        running.move(number, verb, by=by, at=at)


def _terms(one: dict[str, Any], advertiser: int, *, at: datetime) -> Terms:
    home, target = by_slug(one["home"]), by_slug(one["leads_to"])
    if home is None or target is None:
        raise ValueError(f"The offer {one['name']!r} names a masthead that is not there.")
    first = (at - FROM).date()
    creative = CreativeTerms(
        kind=one["kind"], headline=one["headline"], text=one["text"], cta=one.get("cta", ""),
        code=one.get("code", ""), target_url=f"{target.origin.removesuffix(NO_PORT_YET)}/",
        slots=frozenset(map(Slot, one["slots"])),
    )  # fmt: skip
    return Terms(
        name=one["name"], advertiser_id=advertiser, home=home.slug,
        tier=one["tier"], label=one["label"],
        window=Window(first, first + DAYS, home.time_zone),
        targets=Targets(mastheads=frozenset(one["mastheads"])),
        creatives=(creative,),
    )  # fmt: skip
