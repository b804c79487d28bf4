"""Standing pages as stored: one row for each version, never changed; and messages to a title."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dateline.standing.domain.kinds import PageKind


class PageVersion(models.Model):
    """One text of one page of one masthead. The highest number is what readers see."""

    masthead = models.ForeignKey("mastheads.Masthead", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in PageKind])
    number = models.PositiveIntegerField(help_text="From 1, without gaps.")
    text = models.TextField(help_text="HTML, cleaned. Blanks stand as [[what is missing]].")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(help_text="When it became public, UTC.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["masthead", "kind", "number"], name="page_version_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in PageKind]), name="page_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of masthead {self.masthead_id}, version {self.number}"


class Contact(models.Model):
    """Where messages to one masthead go."""

    masthead = models.OneToOneField(
        "mastheads.Masthead", on_delete=models.CASCADE, related_name="+"
    )
    address = models.EmailField(help_text="Who reads what readers write.")
    by_form = models.BooleanField(
        default=True, help_text="A form on the page; else the address itself is shown."
    )

    def __str__(self) -> str:
        return f"{self.address} of masthead {self.masthead_id}"


class Message(models.Model):
    """What somebody wrote to a masthead. Removed some weeks after it was sent on."""

    masthead = models.ForeignKey("mastheads.Masthead", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    text = models.TextField()
    given_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True, help_text="When it went to the masthead's address.")

    def __str__(self) -> str:
        return f"Message {self.pk} to masthead {self.masthead_id}"


class PageEditor(models.Model):
    """Somebody who writes the pages of one masthead, or of every one where none is named."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="writes_pages"
    )
    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.CASCADE, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "masthead"], name="page_editor_once_a_masthead"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(masthead=None), name="page_editor_once_in_the_network"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} for {self.masthead_id or 'the network'}"
