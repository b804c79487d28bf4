"""The ledger: one row for each reader and mailing, written before the first mail leaves."""

from django.db import models
from django.db.models import Q

from dateline.mail.domain.states import Fate, MailingState


class Mailing(models.Model):
    """One text that goes to many: an edition of a newsletter, an alert."""

    subject_key = models.CharField(
        max_length=80, unique=True,
        help_text="What it is: `newsletters.edition:12`. The same is never sent twice.",
    )  # fmt: skip
    scope = models.CharField(max_length=60, help_text="Whose suppressions hold it: `newsletter:3`.")
    state = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in MailingState],
        default=MailingState.FREEZING.value,
    )  # fmt: skip
    route = models.CharField(max_length=40, default="smtp", help_text="By which way it leaves.")
    envelope_from = models.CharField(max_length=254, help_text="Where bounces go.")
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField(help_text="When its freezing last went on.")
    why = models.CharField(max_length=300, blank=True, help_text="Why it was stopped.")
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.subject_key


class MailingCopy(models.Model):
    """One text of a mailing, for one segment and language; cut up where readers differ."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="copies")
    number = models.PositiveSmallIntegerField()
    segments = models.BinaryField(help_text="What `mail.domain.copies` made of it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailing", "number"], name="mail_copy_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.mailing_id}/{self.number}"


class Stretch(models.Model):
    """A run of a mailing's entries that one sender takes at a time, and how many met which fate."""

    mailing = models.ForeignKey(
        Mailing, on_delete=models.CASCADE, related_name="stretches", db_index=False
    )
    first = models.PositiveIntegerField(help_text="Number of its first entry.")
    last = models.PositiveIntegerField(help_text="Number of its last entry, itself within.")
    next_at = models.DateTimeField(null=True, help_text="When one is due; none: all are settled.")
    holder = models.CharField(max_length=120, blank=True, help_text="Journal of who has it now.")
    held_since = models.DateTimeField(null=True)
    sent = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    withheld = models.PositiveIntegerField(default=0)
    stopped = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailing", "first"], name="mail_stretch_once")
        ]
        indexes = [
            models.Index(
                fields=["next_at"], name="mail_stretch_due", condition=Q(next_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.mailing_id}/{self.first}-{self.last}"


class Entry(models.Model):
    """One reader's mail of a mailing: to be sent, or what became of it."""

    # Its index is that of the number; a second one would be written for every reader.
    mailing = models.ForeignKey(
        Mailing, on_delete=models.CASCADE, related_name="entries", db_index=False
    )
    number = models.PositiveIntegerField(help_text="From 1, without a gap: leases are ranges.")
    address = models.CharField(max_length=254)
    key = models.CharField(max_length=254, help_text="The address in lower case.")
    person = models.PositiveBigIntegerField(help_text="Who it is in the room that sends.")
    copy = models.PositiveSmallIntegerField(help_text="Which text they get.")
    fields = models.JSONField(default=dict, help_text="What differs in theirs.")
    due_at = models.DateTimeField(null=True, help_text="Not before; none: at once.")
    fate = models.CharField(
        max_length=8, choices=[(f.value, f.value) for f in Fate], default=Fate.WAITING.value
    )
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often it heard: later.")
    told = models.CharField(max_length=300, blank=True, help_text="What the server answered.")
    settled_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True, help_text="When its receiver took it, we hear.")
    bounced_at = models.DateTimeField(null=True, help_text="When it came back for good.")
    complained_at = models.DateTimeField(null=True, help_text="When its reader called it spam.")
    soft_bounces = models.PositiveSmallIntegerField(
        null=True, help_text="How often we heard that its receiver put it off; none: never."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailing", "number"], name="mail_entry_number_once"),
            models.UniqueConstraint(fields=["mailing", "key"], name="mail_entry_reader_once"),
        ]
        indexes = [
            models.Index(
                fields=["mailing"], name="mail_entry_unknown",
                condition=Q(fate=Fate.UNKNOWN.value),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.mailing_id}/{self.number} {self.address}"
