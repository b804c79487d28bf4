"""Polls: a question, its answers, who gave which, and how often each was given."""

from django.db import models
from django.db.models import F, Q
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable


class Poll(ClusterableModel):
    """One question to readers. It stands in stories, by a block, and is asked there only."""

    question = models.CharField(max_length=250)
    opens_at = models.DateTimeField(help_text="No vote before it, UTC.")
    closes_at = models.DateTimeField(
        null=True, blank=True, help_text="No vote from then on, and everybody sees the result."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="poll_closes_after_it_opens",
            )
        ]

    def __str__(self) -> str:
        return self.question


class Answer(Orderable):
    """One answer to choose."""

    poll = ParentalKey(Poll, on_delete=models.CASCADE, related_name="answers")
    text = models.CharField(max_length=160)

    class Meta(Orderable.Meta):
        pass

    def __str__(self) -> str:
        return self.text


class Tally(models.Model):
    """How often an answer was given: as many as there are votes for it.

    Not a column of the answer, which the desk's form writes whole.
    """

    answer = models.OneToOneField(
        Answer, on_delete=models.CASCADE, primary_key=True, related_name="tally"
    )
    votes = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.votes} for {self.answer_id}"


class Vote(models.Model):
    """What one voter said. Who that is cannot be read from it."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="votes")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="votes")
    voter = models.CharField(
        max_length=64, help_text="A keyed hash of account or cookie, another one in each poll."
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "voter"], name="poll_vote_once_a_voter")
        ]

    def __str__(self) -> str:
        return f"vote {self.pk} in {self.poll_id}"
