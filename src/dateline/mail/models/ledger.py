"""The ledger: one row for each reader and mailing, written before the first mail leaves."""

from django.db import models

from dateline.mail.domain.states import Fate, MailingState


class Mailing(models.Model):
    """One text that goes to many: an edition of a newsletter, an alert."""

    subject_key = models.CharField(
        max_length=80, unique=True,
        help_text="What it is: `newsletters.edition:12`. The same is never sent twice.",
    )  # fmt: skip
    scope = models.CharField(max_length=60, help_text="Whose suppressions hold it: `newsletter:3`.")
    state = models.CharField(
        max_length=7, choices=[(s.value, s.value) for s in MailingState],
        default=MailingState.READY.value,
    )  # fmt: skip
    route = models.CharField(max_length=40, default="smtp", help_text="By which way it leaves.")
    envelope_from = models.CharField(max_length=254, help_text="Where bounces go.")
    created_at = models.DateTimeField()
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


class Entry(models.Model):
    """One reader's mail of a mailing: to be sent, or what became of it."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="entries")
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
    told = models.CharField(max_length=300, blank=True, help_text="What the server answered.")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailing", "number"], name="mail_entry_number_once"),
            models.UniqueConstraint(fields=["mailing", "key"], name="mail_entry_reader_once"),
        ]

    def __str__(self) -> str:
        return f"{self.mailing_id}/{self.number} {self.address}"
