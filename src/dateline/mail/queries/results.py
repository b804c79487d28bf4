"""What became of mailings that have left, as their figures tell it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, Sum
from django.db.models.functions import Substr

from dateline.mail import models
from dateline.mail.domain.refusals import Refusal, refusal_of
from dateline.mail.domain.states import Fate

FATES = ("sent", "refused", "withheld", "stopped", "unknown")
HEARD = {"delivered": "delivered_at", "bounced": "bounced_at", "complaints": "complained_at"}
CODES = 24  # characters of an answer that hold its codes; what follows differs with each mail


@dataclass(frozen=True, slots=True)
class Result:
    """How many readers a mailing has, and how many of their mails met which fate.

    `delivered`, `bounced` and `complaints` are what a route tells later; None where it does not.
    """

    total: int = 0
    sent: int = 0
    refused: int = 0
    withheld: int = 0
    stopped: int = 0
    unknown: int = 0
    delivered: int | None = None
    bounced: int | None = None
    complaints: int | None = None

    @property
    def waiting(self) -> int:
        """How many have not met theirs."""
        settled = (self.sent, self.refused, self.withheld, self.stopped, self.unknown)
        return self.total - sum(settled)


def results(mailing_ids: Collection[int]) -> dict[int, Result]:
    """What became of these mailings, by id; counted a thousand readers a row. One query."""
    rows = models.Stretch.objects.filter(mailing_id__in=mailing_ids).order_by()
    sums = [Sum(F("last") - F("first") + 1), *(Sum(name) for name in FATES)]
    counted = rows.values_list("mailing_id").annotate(
        **{f"sum_{place}": one for place, one in enumerate(sums)}
    )
    return {mailing_id: Result(*told) for mailing_id, *told in counted}


def heard(mailing_id: int) -> dict[str, int]:
    """What a route told of a mailing's mails after it took them on, by the names in `Result`.

    Empty where it told nothing: by plain SMTP nobody does.
    """
    rows = models.Entry.objects.filter(mailing_id=mailing_id)
    told = rows.aggregate(**{name: Count(column) for name, column in HEARD.items()})
    return told if any(told.values()) else {}


def refusals(mailing_id: int) -> dict[Refusal, int]:
    """Why mails of a mailing were refused, and how many for each reason, the most first."""
    rows = models.Entry.objects.filter(mailing_id=mailing_id, fate=Fate.REFUSED.value).order_by()
    answers = rows.values(answer=Substr("told", 1, CODES)).annotate(count=Count("pk"))
    found: Counter[Refusal] = Counter()
    for row in answers:
        found[refusal_of(row["answer"])] += row["count"]
    return dict(found.most_common())
