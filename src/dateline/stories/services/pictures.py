"""Which pictures a story shows, and who else shows them."""

from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from dateline.stories import models
from dateline.stories.domain.body_pictures import shown_in


def pictures_of(story: models.Story) -> list[Any]:
    """Every picture of a story, the lead first, each once: media's Picture rows."""
    found = [story.lead_picture] if story.lead_picture else []
    found += [shown["picture"] for shown in shown_in(story.body)]
    return list({p.pk: p for p in found if p}.values())


def used_elsewhere(picture_id: int, *, story_id: int) -> bool:
    """Whether another public story shows this picture, as its lead or in its text."""
    others = models.Story.objects.filter(live=True, killed_at=None).exclude(pk=story_id)
    # As text: JSON operators differ between databases, and a picture's id stands in one form only.
    others = others.annotate(body_json=Cast("body", TextField()))
    in_text = Q(body_json__contains=f'"picture": {picture_id},') | Q(
        body_json__contains=f'"picture": {picture_id}}}'
    )
    return bool(others.filter(Q(lead_picture_id=picture_id) | in_text).exists())
