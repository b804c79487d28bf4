"""May readers see the file of a picture? They may where they may see a story that shows it."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import ReferenceIndex

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.stories import models
from dateline.stories.domain.body_pictures import ids_in
from dateline.stories.domain.gate import Use
from dateline.stories.queries import reading


def picture_standing(picture_id: int, *, at: datetime) -> bool | None:
    """Whether readers may see a story with this picture at `at`, aware UTC; None: no story has it.

    The gate for picture files. A person's portrait is public. What is answered here depends on the
    one story, or person, that lets the picture through.
    """
    stories = _that_may_show(picture_id)
    placements = models.Placement.objects.filter(story__in=stories.values("pk"))
    newest_first = placements.select_related("story", "masthead").order_by("-published_at")
    is_placed = False
    for placement in newest_first.iterator(chunk_size=20):
        is_placed = True
        verdict = reading.gate(placement, masthead=placement.masthead.slug, use=Use.WEB, at=at)
        if verdict.open and _shows(placement.story, picture_id):
            edge.depend(keys.story(placement.story_id))
            edge.closes_at(verdict.until)
            return True
    person = models.Person.objects.filter(portrait_id=picture_id).first()
    if person:
        edge.depend(keys.person(person.pk))
        return True
    return False if is_placed or stories.exists() else None


def _that_may_show(picture_id: int) -> QuerySet[models.Story]:
    """Stories with this picture, and some that had it.

    Texts are known by Wagtail's index of references, which publishing keeps in its own transaction.
    """
    places = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_by_natural_key("media", "picture"),
        to_object_id=str(picture_id),
        base_content_type=ContentType.objects.get_for_model(models.Story),
    )
    in_text = places.values_list(Cast("object_id", BigIntegerField()))
    found: QuerySet[models.Story] = models.Story.objects.filter(
        Q(lead_picture_id=picture_id) | Q(pk__in=in_text)
    )
    return found


def _shows(story: models.Story, picture_id: int) -> bool:
    """Whether the story that readers see has this picture now."""
    return story.lead_picture_id == picture_id or picture_id in ids_in(story.body.raw_data)
