"""Readers, moderators and comments for tests, through the real services."""

from datetime import UTC, datetime, timedelta
from itertools import count

from django.contrib.auth import get_user_model

from dateline.discussion import models
from dateline.discussion.services.posting import post_comment

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NUMBER = count(1)


def a_reader(name="Rin Abe", **fields):
    """Somebody with an account and nothing else."""
    first, _, last = name.partition(" ")
    address = f"reader{next(NUMBER)}@readers.example"
    return get_user_model().objects.create_user(
        address, None, first_name=first, last_name=last, **fields
    )


def a_moderator(masthead=None, name="Mio Sato"):
    """Somebody who moderates one masthead, or, without one, the network."""
    person = a_reader(name)
    models.Moderator.objects.create(user=person, masthead=masthead)
    return person


def a_comment(story, masthead, text=None, *, author=None, at=NOON, **fields):
    """A comment by a reader of its own, unless one is given; returns its row."""
    posted = post_comment(
        story_id=story.pk,
        masthead_id=masthead.pk,
        author_id=(author or a_reader()).pk,
        text=text or f"A thought of my own, number {next(NUMBER)}.",
        at=at,
        **fields,
    )
    return models.Comment.objects.get(pk=posted.comment_id)


def house(masthead, **fields):
    """What a masthead asks of comments; returns its row."""
    row, _ = models.House.objects.update_or_create(masthead=masthead, defaults=fields)
    return row
