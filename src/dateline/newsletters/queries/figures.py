"""What became of letters: who got them, what was followed in them, and who left."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from dateline.charts import Bars, bars, lying
from dateline.mail.domain.refusals import Refusal
from dateline.mail.queries import results as ledger
from dateline.mail.queries.results import Result
from dateline.mastheads import queries as mastheads
from dateline.newsletters import models
from dateline.newsletters.domain.clicks import Kind
from dateline.newsletters.domain.kinds import Act

HOURS = 48
MOST = 30  # letters of a list
SUMS = ("clicks", "people", "firsts", "machines")


@dataclass(frozen=True, slots=True)
class Summary:
    """One letter in figures. `people` are copies of which any link was followed, by people.

    `left` is how many left the list by this letter's link.
    """

    edition: models.Edition
    mail: Result
    people: int = 0
    clicks: int = 0
    machines: int = 0
    left: int = 0

    @property
    def click_rate(self) -> float | None:
        """Of a hundred copies that a mail server took on, how many had a link followed."""
        return self.people * 100 / self.mail.sent if self.mail.sent else None


@dataclass(frozen=True, slots=True)
class Followed:
    """One link of a letter: what it leads to, and how often it was followed."""

    kind: str
    told: str
    url: str
    story_id: int
    people: int
    clicks: int
    machines: int
    bar: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """A letter on its screen, beside the one before. `hours` are of the first two days."""

    now: Summary
    before: Summary | None
    refusals: dict[Refusal, int]
    links: Sequence[Followed]
    hours: Sequence[tuple[datetime, int]]
    hour_bars: Bars
    hidden: int


def summaries(editions: Sequence[models.Edition]) -> list[Summary]:
    """These letters of one list in figures, in their order. Three queries; their list is loaded."""
    mailings = [row.mailing_id for row in editions if row.mailing_id]
    mail = ledger.results(mailings)
    clicks = _clicks([row.pk for row in editions])
    left = _left(editions)
    return [
        Summary(
            row, mail.get(row.mailing_id or 0, Result()), clicks[row.pk]["firsts"],
            clicks[row.pk]["clicks"], clicks[row.pk]["machines"], left.get(row.mailing_id, 0),
        )
        for row in editions
    ]  # fmt: skip


def _clicks(editions: Collection[int]) -> dict[int, Counter[str]]:
    rows = models.LinkCount.objects.filter(link__edition_id__in=editions).order_by()
    sums = {f"of_{name}": Sum(name) for name in SUMS}
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for edition_id, *told in rows.values_list("link__edition_id").annotate(**sums):
        found[edition_id] = Counter(dict(zip(SUMS, told, strict=True)))
    return found


def _left(editions: Sequence[models.Edition]) -> dict[int | None, int]:
    """How many left by the link of a letter, by its mailing."""
    began = min((row.public_at for row in editions if row.public_at), default=None)
    mailings = [row.mailing_id for row in editions if row.mailing_id]
    if began is None or not mailings:
        return {}
    rows = models.Consent.objects.filter(
        act=Act.ENDED.value, list_slug=editions[0].newsletter.slug, at__gte=began,
        proof__mailing__in=mailings,
    )  # fmt: skip
    counted = rows.order_by().values("proof__mailing").annotate(count=Count("pk"))
    return {row["proof__mailing"]: row["count"] for row in counted}


def of_list(newsletter: models.Newsletter) -> list[Summary]:
    """The newest letters of a list that left, newest first."""
    rows = _left_editions(newsletter).order_by("-number")[:MOST]
    return summaries(list(rows))


def _left_editions(newsletter: models.Newsletter) -> QuerySet[models.Edition]:
    """Letters of a list that left by mail, at least for some."""
    rows = models.Edition.objects.filter(newsletter=newsletter, mailing__isnull=False)
    return rows.select_related("newsletter")


def of_edition(edition: models.Edition) -> Figures | None:
    """Everything that is told of one letter; None where none of its mails was frozen yet."""
    if edition.mailing_id is None:
        return None
    earlier = _left_editions(edition.newsletter).filter(number__lt=edition.number)
    before = earlier.order_by("-number").first()
    now, *rest = map(_with_heard, summaries([edition, *([before] if before else [])]))
    links = links_of(edition)
    hours = _hours(edition)
    return Figures(
        now=now, before=rest[0] if rest else None,
        refusals=ledger.refusals(edition.mailing_id) if now.mail.refused else {},
        links=[one for one in links if one.kind != Kind.HIDDEN],
        hours=hours, hour_bars=bars([count for _, count in hours], height=120),
        hidden=sum(one.machines for one in links if one.kind == Kind.HIDDEN),
    )  # fmt: skip


def _with_heard(one: Summary) -> Summary:
    """The same with what its route told later: every mail of it is looked at for that."""
    told = ledger.heard(one.edition.mailing_id or 0)
    return replace(one, mail=replace(one.mail, **told)) if told else one


def links_of(edition: models.Edition) -> list[Followed]:
    """The links of a letter, those first that most people followed. Two queries and the network."""
    rows = models.EditionLink.objects.filter(edition=edition)
    return _followed(rows.order_by("place", "pk"))


def _sums() -> dict[str, Sum]:
    return {f"of_{name}": Sum(f"counts__{name}", default=0) for name in SUMS}


def _followed(rows: QuerySet[models.EditionLink]) -> list[Followed]:
    origins = {site.id: site.origin for site in mastheads.all_mastheads()}
    found = [
        Followed(
            row.kind, row.told, origins.get(row.masthead_id, "") + row.path, row.story_id or 0,
            *(getattr(row, f"of_{name}") for name in ("people", "clicks", "machines")),
        )
        for row in rows.annotate(**_sums())
    ]  # fmt: skip
    found.sort(key=lambda one: (-one.people, -one.clicks))  # else as they stand in the letter
    drawn = lying([one.people for one in found])
    return [replace(one, bar=bar) for one, bar in zip(found, drawn, strict=True)]


def _hours(edition: models.Edition) -> list[tuple[datetime, int]]:
    """Clicks by people in each hour of two days since a letter left."""
    if edition.public_at is None:
        return []
    first = edition.public_at.replace(minute=0, second=0, microsecond=0)
    rows = models.LinkCount.objects.filter(link__edition=edition).order_by()
    told = dict(rows.values("hour").annotate(count=Sum("clicks")).values_list("hour", "count"))
    hours = [first + timedelta(hours=n) for n in range(HOURS)]
    return [(hour, told.get(hour, 0)) for hour in hours]


@dataclass(frozen=True, slots=True)
class InLetter:
    """A story in one letter."""

    edition: models.Edition
    people: int
    clicks: int
    machines: int


def of_story(story_id: int, own: Q) -> list[InLetter]:
    """In which letters a story went, of lists that `own` lets through; newest first. Two queries.

    `own` is a filter of `Newsletter`.
    """
    lists = models.Newsletter.objects.filter(own)
    rows = models.EditionLink.objects.filter(
        story_id=story_id, edition__newsletter__in=lists, edition__mailing__isnull=False
    )
    found = rows.annotate(**_sums()).select_related("edition__newsletter")
    ordered = found.order_by("-edition__public_at", "-pk")[:MOST]
    return [
        InLetter(row.edition, *(getattr(row, f"of_{n}") for n in ("people", "clicks", "machines")))
        for row in ordered
    ]
