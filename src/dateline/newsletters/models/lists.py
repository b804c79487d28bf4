"""Lists, who is on them, and the proof of why."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from dateline.newsletters.domain.kinds import Act, Ending, ListKind, Standing


class Newsletter(models.Model):
    """One list of one masthead, or of the whole network."""

    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="None: it is the network's, and stands on every title of its language.",
    )  # fmt: skip
    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(
        max_length=8, choices=[(k.value, k.value) for k in ListKind],
        default=ListKind.EDITIONS.value,
    )  # fmt: skip
    name = models.CharField(max_length=80)
    about = models.CharField(max_length=300, help_text="What readers get, in one sentence.")
    rhythm = models.CharField(max_length=60, help_text="When it comes: “Weekdays at 7”.")
    language = models.CharField(max_length=10)
    time_zone = models.CharField(max_length=63, help_text="Of whoever told none.")
    sender_name = models.CharField(max_length=80)
    sender_address = models.EmailField(max_length=254)
    reply_to = models.EmailField(max_length=254, blank=True)
    welcome = models.TextField(blank=True, help_text="What the welcome mail says; plain text.")
    is_open = models.BooleanField(default=True, help_text="Whether readers may sign up.")
    order = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["order", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class Subscriber(models.Model):
    """One address that is or was on a list of the network."""

    key = models.CharField(max_length=254, unique=True, help_text="The address in lower case.")
    address = models.CharField(max_length=254)
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=63, blank=True)
    uncounted = models.BooleanField(
        default=False, db_default=False,
        help_text="Whether nobody counts which links of their letters they follow.",
    )  # fmt: skip
    turn = models.PositiveIntegerField(
        default=0, help_text="In every link of theirs; one more makes all older links void."
    )
    told_at = models.DateTimeField(
        null=True, help_text="The last mail that says they are on the list already."
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.address


class Subscription(models.Model):
    """Where one subscriber stands on one list."""

    newsletter = models.ForeignKey(
        Newsletter, on_delete=models.PROTECT, related_name="subscriptions"
    )
    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="subscriptions"
    )
    standing = models.CharField(max_length=9, choices=[(s.value, s.value) for s in Standing])
    asked_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True, help_text="The last mail that asks to confirm.")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(
        max_length=9, blank=True, choices=[(e.value, e.value) for e in Ending]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["newsletter", "subscriber"], name="subscribed_once")
        ]
        indexes = [
            models.Index(
                fields=["newsletter", "subscriber"], condition=Q(standing="confirmed"),
                name="on_the_list",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.newsletter_id}/{self.subscriber_id} {self.standing}"


class AppendOnly(models.QuerySet["Consent"]):
    """Rows that are written once."""

    def veil(self, key: str, hashed: str) -> int:
        """Put a hash in the place of an address that was only asked for: the one change there is.

        Returns how many rows that was. Proofs of a consent, or of its end, stay as they are.
        """
        return super(AppendOnly, self.filter(key=key, act=Act.ASKED.value)).update(key=hashed)

    def update(self, **_: Any) -> int:
        """Refuse."""
        raise TypeError("A consent is never changed. Write down another.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise TypeError("A consent is never removed.")


class Consent(models.Model):
    """What somebody agreed to, once written never changed: the proof of a consent, or of its end.

    Words, list and address are kept as they were: rows they point to may go.
    """

    act = models.CharField(max_length=9, choices=[(a.value, a.value) for a in Act])
    key = models.CharField(max_length=254, db_index=True, help_text="The address in lower case.")
    list_slug = models.CharField(max_length=60)
    shown = models.TextField(help_text="The words that stood there.")
    where = models.CharField(max_length=300, help_text="Address of the page, file, or API.")
    from_hash = models.CharField(max_length=64, blank=True, help_text="Network address, hashed.")
    by = models.CharField(max_length=120, blank=True, help_text="Who, where it was not the reader.")
    proof = models.JSONField(default=dict)
    at = models.DateTimeField()

    objects = AppendOnly.as_manager()

    class Meta:
        indexes = [models.Index(fields=["list_slug", "at"], name="consent_by_list")]

    def __str__(self) -> str:
        return f"{self.act} {self.key} {self.list_slug}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it down; once."""
        if self.pk is not None:
            raise TypeError("A consent is never changed. Write down another.")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise TypeError("A consent is never removed.")


class AddressChange(models.Model):
    """One subscriber's wish to be written to elsewhere; done when both addresses have said yes."""

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="address_changes"
    )
    address = models.CharField(max_length=254, help_text="The new one.")
    key = models.CharField(max_length=254, help_text="The new one in lower case.")
    asked_at = models.DateTimeField()
    old_said_at = models.DateTimeField(null=True)
    new_said_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.subscriber_id} to {self.address}"


class ListEditor(models.Model):
    """Somebody who looks after one masthead's lists, or every list where none is named."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.CASCADE, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "masthead"], name="list_editor_once"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(masthead=None), name="list_editor_once_in_the_network"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user_id} for {self.masthead_id or 'the network'}"
