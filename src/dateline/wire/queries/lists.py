"""The wire as lists: items, and the quarantine."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from dateline.wire import models
from dateline.wire.domain.item import Usability

PAGE = 50  # rows
EMBARGOED = "embargoed"  # a state of the list, beside those of Usability
_DIGITS = 17  # of the largest number in a cursor
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_LIST_FIELDS = (
    "provider__slug", "provider__name", "raw__file_name", "family", "version", "kind", "status",
    "usability", "reason", "recalls", "headline", "slugline", "caption", "dateline", "language",
    "urgency", "embargo_until", "version_created_at", "received_at", "picture_id",
)  # fmt: skip
_TITLES = ("headline", "known_as", "slugline", "caption", "raw__file_name")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list that is newest first; survives new rows. `at` is aware UTC."""

    at: datetime
    id: int

    def __str__(self) -> str:
        """Microseconds since 1970 and the row's id, as in an address: `1795500000000000-17`."""
        return f"{(self.at - _EPOCH) // timedelta(microseconds=1)}-{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """The cursor that `str` wrote; None for anything else."""
        moment, dash, number = text.partition("-")
        if not (dash and _is_number(moment) and _is_number(number)):
            return None
        return cls(_EPOCH + timedelta(microseconds=int(moment)), int(number))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, newest first, and where the list goes on: None at its ends."""

    rows: tuple[T, ...]
    newer: Cursor | None
    older: Cursor | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the list shows. Empty and None mean everything.

    `text`: every word of it is in headline, slugline, caption or body, in any case (ASCII letters
    only on SQLite). `state`: one of Usability, or `embargoed`. `urgency`: at least as urgent, so
    3 shows 1 to 3. `provider`: a slug. `has_story`: whether the family became a story.
    """

    text: str = ""
    provider: str = ""
    state: str = ""
    urgency: int | None = None
    kind: str = ""
    language: str = ""
    has_story: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WireRow:
    """One line of the list. `state` is what the newsroom may do with it now, kills included."""

    id: int
    cursor: Cursor
    provider: str
    provider_name: str
    family: str
    version: int
    kind: str
    status: str
    state: str
    reason: str
    title: str
    slugline: str
    dateline: str
    language: str
    urgency: int | None
    embargo_until: datetime | None
    version_created_at: datetime | None
    received_at: datetime
    has_picture: bool


def wire_list(
    filters: Filters,
    *,
    at: datetime,
    before: Cursor | None = None,
    after: Cursor | None = None,
    size: int = PAGE,
    stories: QuerySet[Any] | None = None,
) -> Page[WireRow]:
    """A page of the wire, newest first by the moment we got it: an item never changes place.

    `before` gives the page of older rows that follows it, `after` the newer rows next to it.
    `stories` yields rows with `provider_id` and `wire_family`; only `has_story` needs it. `at` is
    aware UTC and decides what is still under embargo.
    """
    rows = _filtered(_with_recalled(models.WireItem.objects.all()), filters, at=at)
    if filters.has_story is not None and stories is not None:
        made = Exists(
            stories.filter(provider_id=OuterRef("provider_id"), wire_family=OuterRef("family"))
        )
        rows = rows.filter(made) if filters.has_story else rows.filter(~made)
    return _page(
        rows.annotate(known_as=_known_as()).values("pk", "recalled", "known_as", *_LIST_FIELDS),
        lambda row: _wire_row(row, at=at),
        before=before, after=after, size=size,
    )  # fmt: skip


def _with_recalled(rows: QuerySet[models.WireItem]) -> QuerySet[models.WireItem]:
    """Mark rows that a recall takes down: `domain.standing.reaches`, in the database."""
    made_at = OuterRef("version_created_at")
    one_time_unknown = Q(version_created_at=None) | Q(
        version_created_at__gte=Coalesce(made_at, Value(_LONG_AGO))
    )
    recalls = models.WireItem.objects.filter(
        Q(version__gte=OuterRef("version"))
        | Q(version_created_at__gte=made_at)
        | (Q(pk__gt=OuterRef("pk")) & one_time_unknown),
        provider_id=OuterRef("provider_id"),
        family=OuterRef("family"),
        recalls=True,
    )
    return rows.annotate(recalled=Exists(recalls))


def _filtered(
    rows: QuerySet[models.WireItem], filters: Filters, *, at: datetime
) -> QuerySet[models.WireItem]:
    exact = {
        "provider__slug": filters.provider,
        "kind": filters.kind,
        "language": filters.language,
        "urgency__lte": filters.urgency,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    for word in filters.text.split():
        rows = rows.filter(
            Q(headline__icontains=word)
            | Q(slugline__icontains=word)
            | Q(caption__icontains=word)
            | Q(body_text__icontains=word)
        )
    return rows.filter(_in_state(filters.state, at)) if filters.state else rows


def _known_as() -> Subquery:
    """What the family was called last, for a cancel, which has no headline of its own."""
    named = models.WireItem.objects.filter(
        provider_id=OuterRef("provider_id"), family=OuterRef("family")
    ).exclude(headline="")
    return Subquery(named.order_by("-version", "-pk").values("headline")[:1])


def _in_state(state: str, at: datetime) -> Q:
    under_embargo = Q(embargo_until__gt=at)
    up = Q(recalled=False, usability=Usability.USABLE)
    if state == Usability.USABLE:
        return up & ~under_embargo
    if state == EMBARGOED:
        return up & under_embargo
    if state == Usability.KILLED:
        return Q(usability=Usability.KILLED) | Q(recalled=True, recalls=False)
    return Q(usability=state) & (Q(recalled=False) | Q(recalls=True))


def state_of(
    *, usability: str, recalled: bool, embargo_until: datetime | None, at: datetime
) -> str:
    """What an item is to the newsroom now: one of Usability, or `embargoed`."""
    if recalled:
        return Usability.KILLED.value
    if usability == Usability.USABLE and embargo_until and embargo_until > at:
        return EMBARGOED
    return usability


def _wire_row(row: dict[str, Any], *, at: datetime) -> WireRow:
    recalled = row["recalled"] and not row["recalls"]
    return WireRow(
        id=row["pk"],
        cursor=Cursor(row["received_at"], row["pk"]),
        provider=row["provider__slug"],
        provider_name=row["provider__name"],
        state=state_of(
            usability=row["usability"], recalled=recalled,
            embargo_until=row["embargo_until"], at=at,
        ),
        reason=row["reason"],
        title=next(filter(None, (row[name] for name in _TITLES)), ""),
        has_picture=row["picture_id"] is not None,
        **{name: row[name] for name in _AS_LISTED},
    )  # fmt: skip


_AS_LISTED = (
    "family", "version", "kind", "status", "slugline", "dateline", "language", "urgency",
    "embargo_until", "version_created_at", "received_at",
)  # fmt: skip


def _page(
    rows: QuerySet[Any, Any],
    make: Callable[[Any], T],
    *,
    before: Cursor | None,
    after: Cursor | None,
    size: int,
) -> Page[T]:
    """A keyset page by (received_at, pk) of rows that are dictionaries with both."""
    upwards = after is not None
    if after:
        rows = rows.filter(Q(received_at__gt=after.at) | Q(received_at=after.at, pk__gt=after.id))
    elif before:
        rows = rows.filter(
            Q(received_at__lt=before.at) | Q(received_at=before.at, pk__lt=before.id)
        )
    order = ("received_at", "pk") if upwards else ("-received_at", "-pk")
    found = list(rows.order_by(*order)[: size + 1])
    more, found = len(found) > size, found[:size]
    if upwards:
        found.reverse()
    ends = [Cursor(row["received_at"], row["pk"]) for row in found]
    return Page(
        tuple(make(row) for row in found),
        newer=ends[0] if ends and (more if upwards else before is not None) else None,
        older=ends[-1] if ends and (upwards or more) else None,
    )


def killed_among(item_ids: list[int]) -> set[int]:
    """Which of these items are killed by now, so that a list on a screen can say so in place."""
    rows = _with_recalled(models.WireItem.objects.filter(pk__in=item_ids))
    killed = rows.filter(_in_state(Usability.KILLED, _LONG_AGO))
    return set(killed.values_list("pk", flat=True))


def choices() -> dict[str, list[tuple[str, str]]]:
    """What the filters may be set to: (value, name) pairs of providers, kinds and languages."""
    providers = models.Provider.objects.order_by("name").values_list("slug", "name")
    pairs = list(models.WireItem.objects.values_list("kind", "language").distinct().order_by())
    kinds, languages = {kind for kind, _ in pairs}, {language for _, language in pairs}
    return {
        "provider": list(providers),
        "kind": [(kind, kind) for kind in sorted(kinds - {""})],
        "language": [(language, language) for language in sorted(languages - {""})],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRow:
    """One delivery in quarantine. `size` in bytes; times aware UTC."""

    id: int
    provider: str
    provider_name: str
    file_name: str
    sha256: str
    size: int
    reason: str
    received_at: datetime
    attempts: int


def quarantine(
    *, before: Cursor | None = None, provider: str = "", size: int = PAGE
) -> Page[RawRow]:
    """Deliveries nobody could read, newest first; of one provider where its slug is given."""
    rows = models.RawDelivery.objects.filter(state=models.RawDelivery.State.QUARANTINED)
    if provider:
        rows = rows.filter(provider__slug=provider)
    fields = (
        "pk", "provider__slug", "provider__name", "file_name", "sha256", "size", "reason",
        "received_at", "attempts",
    )  # fmt: skip
    return _page(rows.values(*fields), _raw_row, before=before, after=None, size=size)


def _raw_row(row: dict[str, Any]) -> RawRow:
    same = ("file_name", "sha256", "size", "reason", "received_at", "attempts")
    return RawRow(
        id=row["pk"],
        provider=row["provider__slug"],
        provider_name=row["provider__name"],
        **{name: row[name] for name in same},
    )


def raw_row(raw_id: int) -> models.RawDelivery:
    """One delivery with its provider.

    Raises:
        RawDelivery.DoesNotExist: there is no such delivery.

    """
    return models.RawDelivery.objects.select_related("provider").get(pk=raw_id)


def provider_named(slug: str) -> models.Provider | None:
    """The provider with this slug; with no slug, the only one there is; else None."""
    rows = models.Provider.objects.filter(slug=slug) if slug else models.Provider.objects.all()
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None
