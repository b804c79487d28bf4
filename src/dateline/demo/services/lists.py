"""Make the demo's newsletters and bring readers onto them, by the steps that an editor takes."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from dateline.accounts.services import people as accounts
from dateline.demo import adapters
from dateline.demo.services.threads import ADMIN, EDITOR
from dateline.mastheads.queries import by_slug
from dateline.newsletters.domain.consent import Told
from dateline.newsletters.domain.kinds import Ending
from dateline.newsletters.queries.lists import audience, slugs
from dateline.newsletters.services import editors, ending, importing, keeping
from dateline.newsletters.services.keeping import Terms

DAY = timedelta(days=1)
APART = 4  # days between two files
FILES = ("reader-fair.csv", "card-in-the-paper.csv", "open-house.csv", "library-desk.csv")
STATED = (
    "Written on a card by each of them, under the words “Yes, send me your letter; I can stop it "
    "with one click.” The cards are kept in the newsroom."
)
GIVEN = ("Haru", "Mio", "Sota", "Yui", "Ren", "Aoi", "Kei", "Nao", "Itsuki", "Hina", "Riku", "Sara")
FAMILY = ("Amamori", "Kuresaki", "Tokinoya", "Enokido", "Minatoda", "Hazakura", "Odamori")
ZONES = ("Asia/Tokyo", "Asia/Tokyo", "Asia/Tokyo", "Europe/Lisbon", "America/New_York")


@transaction.atomic
def make(*, at: datetime) -> int:
    """Make what is missing of the lists written for the demo, with their readers; return how many.

    `at` is the moment of the seeding, aware UTC: files came in the weeks before it. The lists of
    alerts stand last in the order of each title.
    """
    known = slugs()
    missing = [one for one in adapters.table("lists")["list"] if one["slug"] not in known]
    if missing:
        log_ins = adapters.table("logins")
        admin, editor = (
            accounts.create_person(email=log_ins[key]["email"], password=None).pk
            for key in (ADMIN, EDITOR)
        )
        editors.appoint(editor, masthead_id=None, by=admin, at=at)
        for place, one in enumerate(missing):
            _made(place, one, by=editor, at=at)
    return len(missing)


def _made(place: int, one: dict[str, Any], *, by: UUID, at: datetime) -> None:
    site = by_slug(one["masthead"]) if "masthead" in one else None
    if site is None and "masthead" in one:
        raise ValueError(f"The list {one['slug']!r} names a masthead that is not there.")
    told = {name: value for name, value in one.items() if name not in {"masthead", "readers"}}
    told["welcome"] = told.get("welcome", "").strip()
    given = {"language": "en", "time_zone": "Asia/Tokyo", "order": place, **told}
    number = keeping.add(site.id if site else None, Terms(**given), by=by, at=at)
    counts = one.get("readers", [])
    for step, count in enumerate(counts):
        days = APART * (len(counts) - step)
        first = place * 500 + sum(counts[:step])
        _brought(number, first, count, step=step, by=by, at=at - days * DAY)
    _left(number, at=at)


def _brought(number: int, first: int, count: int, *, step: int, by: UUID, at: datetime) -> None:
    """One file of invented people, read to its end as the worker does."""
    lines = [_line(n) for n in range(first, first + count)]
    data = "\n".join(["email,name,time_zone", *lines]).encode()
    importing.begin(
        number, [data], name=FILES[step % len(FILES)], stated=STATED,
        consented_at=at - DAY, by=by, at=at,
    )  # fmt: skip
    while importing.run_due(at=at):
        pass


def _line(n: int) -> str:
    given, family = GIVEN[n % len(GIVEN)], FAMILY[n % len(FAMILY)]
    address = f"{given}.{family}{n}@example.test".lower()
    return f"{address},{given} {family},{ZONES[n % len(ZONES)]}"


def _left(number: int, *, at: datetime) -> None:
    """A few have gone since."""
    told = Told(shown="Stop it", where="demo")
    for place, reader in enumerate(list(audience(number))[::23]):
        ending.end_for(
            reader.address, why=Ending.REQUEST, told=told, at=at - (place % 3 + 1) * DAY,
            newsletter_id=number,
        )  # fmt: skip
