"""Short ways to ask what the newsroom's tests ask again and again."""

from dateline.mastheads import queries as mastheads
from dateline.outbox import models as outbox


def site(slug):
    """The masthead as reader pages see it."""
    return mastheads.by_slug(slug)


def facts(name):
    """Payloads of every recorded fact of this name, oldest first."""
    return [f.payload for f in outbox.FactRecord.objects.filter(name=name).order_by("pk")]
