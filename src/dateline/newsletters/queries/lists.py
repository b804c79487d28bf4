"""Lists as readers see them, and whom their letters go to."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.newsletters import models
from dateline.newsletters.domain.kinds import ListKind, Standing
from dateline.prepared import Prepared

IN_ONE_READ = 2_000  # rows of an audience that are in memory at a time
FIELDS = ("pk", "slug", "kind", "name", "about", "rhythm", "language", "masthead_id", "time_zone")


@dataclass(frozen=True, slots=True)
class ListCard:
    """What readers are told of one list. `masthead_id` is None for the network's."""

    id: int
    slug: str
    kind: str
    name: str
    about: str
    rhythm: str
    language: str
    masthead_id: int | None
    time_zone: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody a list's letters go to. What they told nobody is empty."""

    subscriber_id: int
    address: str
    name: str
    language: str
    time_zone: str


# Between primary subtags: a network's list in "en" stands on titles in "en" and "en-GB".
_open_on = Prepared(
    lambda *, site, language: (
        models.Newsletter.objects.filter(
            Q(masthead_id=site) | Q(masthead=None, language=language), is_open=True
        )
        .order_by("order", "name", "pk")
        .values_list(*FIELDS)
    ),
    of=lambda row: ListCard(*row),
)


def for_site(site: Site) -> list[ListCard]:
    """The lists that readers of a masthead may sign up for, in the newsroom's order. One query.

    The page is made again when one of them changes.
    """
    edge.depend(keys.letters(site.id))
    return _open_on(site=site.id, language=site.language.partition("-")[0])


def box(site: Site) -> ListCard | None:
    """The list whose sign-up box stands on a masthead's pages: its first that sends editions."""
    return next((card for card in for_site(site) if card.kind == ListKind.EDITIONS), None)


def card_of(row: models.Newsletter) -> ListCard:
    """A list's row as readers are given it."""
    return ListCard(*(getattr(row, name) for name in FIELDS))


def by_masthead(on: Collection[int] = ()) -> list[tuple[Site | None, list[ListCard]]]:
    """Every list of the network that a reader may choose, by title; the network's own come last.

    A list that is closed is there for whoever is on it: `on` are those lists' ids.
    """
    rows = models.Newsletter.objects.filter(Q(is_open=True) | Q(pk__in=list(on)))
    found: dict[int | None, list[ListCard]] = {}
    for row in rows.order_by("order", "name", "pk"):
        found.setdefault(row.masthead_id, []).append(card_of(row))
    sites: list[Site | None] = [*mastheads.all_mastheads(), None]
    of_sites = ((site, found.get(site.id if site else None, [])) for site in sites)
    return [(site, cards) for site, cards in of_sites if cards]


def audience(newsletter_id: int) -> Iterator[Reader]:
    """Everybody who is on a list now, confirmed, by subscriber; a few thousand in memory at a time.

    Whether one may be written to is for `mail` to ask: it does so as each letter leaves.
    """
    rows = models.Subscription.objects.filter(
        newsletter_id=newsletter_id, standing=Standing.CONFIRMED.value
    )
    last = 0
    while found := list(
        rows.filter(subscriber_id__gt=last)
        .order_by("subscriber_id")
        .values_list(
            "subscriber_id", "subscriber__address", "subscriber__name",
            "subscriber__language", "subscriber__time_zone",
        )[:IN_ONE_READ]
    ):  # fmt: skip
        yield from (Reader(*row) for row in found)
        last = found[-1][0]


def alerts_of(masthead_id: int) -> models.Newsletter | None:
    """A masthead's list of news alerts, or None."""
    rows = models.Newsletter.objects.filter(masthead_id=masthead_id, kind=ListKind.ALERTS.value)
    return rows.order_by("order", "pk").first()


def alerts_masthead(newsletter_id: int) -> int | None:
    """The masthead whose alerts a list is for; None for one that sends editions."""
    rows = models.Newsletter.objects.filter(pk=newsletter_id, kind=ListKind.ALERTS.value)
    return rows.values_list("masthead_id", flat=True).first()


def sender_of_alerts(masthead_id: int) -> tuple[str, str, str] | None:
    """Name, address and reply address of a masthead's list of alerts; None where it has none."""
    row = alerts_of(masthead_id)
    return (row.sender_name, row.sender_address, row.reply_to) if row else None


def slugs() -> frozenset[str]:
    """The addresses of every list there is, open or closed."""
    return frozenset(models.Newsletter.objects.values_list("slug", flat=True))
