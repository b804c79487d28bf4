"""A question that is compiled once answers as Django would, whatever is asked next."""

import pytest
from django.db.models import CharField, UUIDField

from dateline.discussion import models
from dateline.discussion.adapters.statements import Question, Slot
from tests.factories.discussion import NOON, a_comment

pytestmark = pytest.mark.django_db


def test_answers_are_those_of_django_for_every_value_and_shape(story, masthead):
    rows = [a_comment(story, masthead, f"The {n}th thought.") for n in range(3)]
    asked = []

    def build(limit):
        asked.append(limit)
        found = models.Comment.objects.filter(
            author_id=Slot("author", UUIDField()), status=Slot("status", CharField())
        )
        return found.order_by("-pk").values_list("pk", "author_id", "created_at", "ran")[:limit]

    question = Question(build)
    for row in rows:
        found = question.ask(1, author=row.author_id, status="visible")
        assert found == [(row.pk, row.author_id, NOON, row.ran)]
    assert question.first(2, author=rows[0].author_id, status="held") is None
    assert asked == [1, 2]
