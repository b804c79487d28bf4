"""What stays of a story once the right to show it has ended."""

from dataclasses import replace
from datetime import datetime

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.stories import models
from dateline.stories.cards import gate_facts
from dateline.stories.domain.gate import Use, decide
from dateline.stories.domain.pages import Kept


def kept_of(
    story: models.Story, placement: models.Placement, *, masthead: str, at: datetime
) -> Kept | None:
    """What readers of the masthead with this slug are still told of a story; None for nothing.

    Only where nothing but the end of its rights keeps the gate shut at `at`, aware UTC, where
    readers could see it before, and never of a sensitive story. An agency's standfirst goes with
    its text.
    """
    facts = gate_facts(story, placement)
    shown_at, ended_at = placement.published_at, facts.rights_until
    if story.sensitive or not shown_at or not ended_at or shown_at >= ended_at:
        return None
    if not decide(replace(facts, rights_until=None), masthead=masthead, use=Use.WEB, at=at).open:
        return None
    if story.provider:
        edge.depend(keys.provider(story.provider.pk))
    edge.depend(keys.chrome(placement.masthead_id))  # the section's name and address
    return Kept(
        headline=story.headline,
        standfirst="" if story.provider else story.standfirst,
        language=story.language,
        kicker=placement.section.name,
        section_id=placement.section_id,
        section_path=f"/{placement.section.slug}/",
        agency=story.provider.name if story.provider else "",
        published_at=shown_at,
    )
