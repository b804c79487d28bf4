"""Short ways to ask what the newsroom's tests ask again and again."""

from dateline.mastheads import queries as mastheads
from dateline.outbox import models as outbox
from dateline.stories import models
from dateline.stories.services.drafting import Place, draft_story


def site(slug):
    """The masthead as reader pages see it."""
    return mastheads.by_slug(slug)


def facts(name):
    """Payloads of every recorded fact of this name, oldest first."""
    return [f.payload for f in outbox.FactRecord.objects.filter(name=name).order_by("pk")]


def a_twin(story):
    """Another story of the same wire family, as the first edition could make."""
    fields = ("provider_id", "wire_family", "wire_item_id")
    story_id = draft_story(
        headline=story.headline,
        places=(Place(masthead="musashi", section="world"),),
        fields={name: getattr(story, name) for name in fields},
    )
    return models.Story.objects.get(pk=story_id)
