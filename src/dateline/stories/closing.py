"""What is said of a story that readers found here, and that the gate now keeps from them."""

from datetime import datetime

from dateline.stories import models, rows
from dateline.stories.cards import gate_facts
from dateline.stories.domain.gate import Closed, Verdict
from dateline.stories.domain.legal import Demand, Ground
from dateline.stories.domain.pages import Gone
from dateline.stories.expiry import kept_of


def gone_of(
    placement: models.Placement, verdict: Verdict, *, masthead: str, at: datetime
) -> Gone | None:
    """What the masthead with this slug says of it at `at`, aware UTC; None: not even that it is.

    One more query for a story that is withheld: a legal demand may be why.
    """
    story = placement.story
    if verdict.closed in {Closed.EMBARGOED, Closed.ADVISORY}:
        return None
    moments = {
        Closed.KILLED: story.killed_at,
        Closed.WITHHELD: story.withheld_at,
        Closed.NOT_PUBLISHED: story.withdrawn_at,
        Closed.EXPIRED: story.expire_at,
        Closed.RIGHTS_EXPIRED: gate_facts(story, None).rights_until,
    }
    closed = Closed(verdict.closed or Closed.NOT_PUBLISHED)
    only_rights = closed == Closed.RIGHTS_EXPIRED
    return Gone(
        story.pk, closed, moments.get(closed), verdict.until,
        kept=kept_of(story, placement, masthead=masthead, at=at) if only_rights else None,
        demand=demand_on(story.pk) if closed == Closed.WITHHELD else None,
    )  # fmt: skip


def demand_on(story_id: int) -> Demand | None:
    """The legal demand in force against a story, or None."""
    return next(map(demand_of, rows.demands(story=story_id)), None)


def demand_of(row: models.LegalDemand) -> Demand:
    """A demand as readers are told of it."""
    return Demand(
        ground=Ground(row.ground), by=row.demanded_by, place=row.place, reference=row.reference,
        made_on=row.made_on, copy_url=row.copy_url, words=row.words,
    )  # fmt: skip
