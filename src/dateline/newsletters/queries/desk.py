"""What the desk shows of lists: figures, growth, one subscriber, imports, and a list in full."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q

from dateline.charts import Bars, bars
from dateline.mail.domain.addresses import key_of
from dateline.newsletters import models
from dateline.newsletters.domain.importing import guarded
from dateline.newsletters.domain.kinds import Standing

DAYS = 28
IN_ONE_READ = 2_000
LINES = 100
HEAD = (
    "address", "name", "language", "time_zone", "standing", "confirmed_at", "ended_at",
    "ended_why", "proof", "shown", "where", "consented_at", "by",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """One list on the desk's index. `come` and `gone` are of the last 28 days."""

    row: models.Newsletter
    confirmed: int
    asked: int
    come: int
    gone: int


@dataclass(frozen=True, slots=True)
class Growth:
    """Who came and who left, by day of the list's clock, oldest first."""

    days: tuple[date, ...]
    come: tuple[int, ...]
    gone: tuple[int, ...]
    come_bars: Bars
    gone_bars: Bars


def figures(own: Q, *, at: datetime) -> list[Figures]:
    """The lists that `own` lets through, with how many are on each. One query."""
    since = at - timedelta(days=DAYS)
    rows = models.Newsletter.objects.filter(own).select_related("masthead")
    counted = rows.annotate(
        confirmed=Count("subscriptions", filter=Q(subscriptions__standing="confirmed")),
        asked=Count("subscriptions", filter=Q(subscriptions__standing="asked")),
        come=Count("subscriptions", filter=Q(subscriptions__confirmed_at__gte=since)),
        gone=Count("subscriptions", filter=Q(subscriptions__ended_at__gte=since)),
    )
    places = F("masthead__place").asc(nulls_last=True)  # the network's own come last
    ordered = counted.order_by(places, "masthead_id", "order", "name", "pk")
    return [Figures(row, row.confirmed, row.asked, row.come, row.gone) for row in ordered]


def growth(row: models.Newsletter, *, at: datetime) -> Growth:
    """The last 28 days of a list, up to the day of `at` (aware) on the list's own clock."""
    zone = ZoneInfo(row.time_zone)
    today = at.astimezone(zone).date()
    days = tuple(today - timedelta(days=n) for n in reversed(range(DAYS)))
    since = at - timedelta(days=DAYS + 1)
    come, gone = dict.fromkeys(days, 0), dict.fromkeys(days, 0)
    for moments, field in ((come, "confirmed_at"), (gone, "ended_at")):
        rows = row.subscriptions.filter(**{f"{field}__gte": since}).values_list(field, flat=True)
        for moment in rows.iterator(chunk_size=IN_ONE_READ):
            day = moment.astimezone(zone).date()
            if day in moments:
                moments[day] += 1
    came, left = tuple(come.values()), tuple(gone.values())
    return Growth(days, came, left, bars(came, height=80), bars(left, height=80))


def standing_of(row: models.Newsletter, typed: str) -> models.Subscription | None:
    """Where exactly this address stands on a list; None where it never was."""
    found = row.subscriptions.filter(subscriber__key=key_of(typed.strip()))
    return found.select_related("subscriber").first()


def proofs(row: models.Newsletter, key: str) -> list[models.Consent]:
    """Everything that proves where an address stands on a list, oldest first."""
    found = models.Consent.objects.filter(key=key, list_slug=row.slug)
    return list(found.order_by("at", "pk"))


def imports(row: models.Newsletter) -> list[models.ListImport]:
    """The last files that came onto a list, newest first."""
    return list(row.imports.select_related("by").order_by("-pk")[:10])


def left_out(file: models.ListImport, number: int) -> Page:  # type: ignore[type-arg]
    """One page of the lines that put nobody on the list, in order."""
    rows = file.left_out.order_by("number")
    return Paginator(rows, LINES).get_page(number)


def left_out_rows(file: models.ListImport) -> Iterator[list[str]]:
    """Every such line for a CSV file: number, verdict, why, and the line as it came."""
    yield ["line", "verdict", "why", "text"]
    for one in file.left_out.order_by("number").iterator(chunk_size=IN_ONE_READ):
        yield [str(one.number), one.verdict, guarded(one.why), guarded(one.text)]


def export_rows(row: models.Newsletter) -> Iterator[list[str]]:
    """A list in full with the latest proof of each, for a CSV file; a few thousand in memory."""
    yield list(HEAD)
    last = 0
    while found := list(
        row.subscriptions.filter(subscriber_id__gt=last)
        .select_related("subscriber")
        .order_by("subscriber_id")[:IN_ONE_READ]
    ):
        last = found[-1].subscriber_id
        proofs_of = _latest(row, [one.subscriber.key for one in found])
        yield from (_exported(one, proofs_of.get(one.subscriber.key)) for one in found)


def _latest(row: models.Newsletter, keys: list[str]) -> dict[str, models.Consent]:
    found: dict[str, models.Consent] = {}
    for start in range(0, len(keys), 500):
        rows = models.Consent.objects.filter(
            key__in=keys[start : start + 500], list_slug=row.slug
        ).exclude(act="asked")
        found |= {one.key: one for one in rows.order_by("at", "pk")}
    return found


def _exported(one: models.Subscription, proof: models.Consent | None) -> list[str]:
    who = one.subscriber
    told = (proof.act, proof.shown, proof.where) if proof else ("", "", "")
    consented = proof.proof.get("consented_at", proof.at.isoformat()) if proof else ""
    moments = (_iso(one.confirmed_at), _iso(one.ended_at))
    cells = (
        who.address, who.name, who.language, who.time_zone, one.standing, *moments,
        one.ended_why, *told, consented, proof.by if proof else "",
    )  # fmt: skip
    return [guarded(cell) for cell in cells]


def _iso(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""


def on_it(row: models.Newsletter) -> int:
    """How many are on a list now."""
    return row.subscriptions.filter(standing=Standing.CONFIRMED.value).count()
