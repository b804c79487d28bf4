"""Add, rename and take away what stories are about and who is named over them."""

from django.db import transaction

from dateline import clock
from dateline.outbox import services as outbox
from dateline.stories import models
from dateline.stories.domain import subjects as subject_names
from dateline.stories.events import PersonChanged, TopicChanged


@transaction.atomic
def keep_person(person: models.Person, *, by: str) -> int:
    """Store a person, new or changed, and tell what shows the name; return the id."""
    person.save()
    outbox.record(PersonChanged(person_id=person.pk, at=clock.now(), by=by))
    return person.pk


@transaction.atomic
def keep_topic(topic: models.Topic, *, by: str) -> int:
    """Store a topic, new or changed, and tell what shows it; return the id."""
    topic.save()
    outbox.record(TopicChanged(topic_id=topic.pk, at=clock.now(), by=by))
    return topic.pk


@transaction.atomic
def delete_topic(topic_id: int, *, by: str) -> None:
    """Take a topic away from every story, and tell what shows it.

    Raises:
        Topic.DoesNotExist: there is no such topic.

    """
    models.Topic.objects.select_for_update().get(pk=topic_id).delete()
    models.ListedUnder.objects.filter(subject=subject_names.topic(topic_id)).delete()
    outbox.record(TopicChanged(topic_id=topic_id, at=clock.now(), by=by))
