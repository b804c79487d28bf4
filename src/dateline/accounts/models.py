"""People: readers and staff in one table, their log-ins, and what they agreed to."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from dateline.accounts.domain.data import ANONYMOUS, ERASE


class UserManager(BaseUserManager["User"]):
    """Makes people from an e-mail address; the address is kept as typed, found in any case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """One person of the network: a reader, and with `is_staff` someone of the newsroom."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = None  # type: ignore[assignment]  # people sign in with their e-mail address
    email = models.EmailField("e-mail address", unique=True)
    display_name = models.CharField(
        max_length=30, null=True, blank=True, help_text="What other readers see; none yet if null."
    )
    display_name_folded = models.CharField(
        max_length=60, null=True, editable=False, help_text="What the name looks like."
    )
    display_name_at = models.DateTimeField(
        null=True, editable=False, help_text="When the name was last changed, UTC."
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.UniqueConstraint(fields=["display_name_folded"], name="user_look_of_name_once"),
        ]

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        """The name to show on the desk; the address when there is none."""
        return super().get_full_name() or self.email

    def get_display_name(self) -> str:
        """What is shown to the person: the display name, the first name, or the address."""
        return self.display_name or self.get_short_name() or self.email


class NetworkLogin(models.Model):
    """One log-in of one browser, for the whole network: every site's session points at it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="logins"
    )
    began_at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=200, help_text="User-Agent, cut to 200 characters.")
    auth_hash = models.CharField(
        max_length=64, help_text="Fingerprint of the password then; another one ends the log-in."
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "ended_at"], name="login_of_user")]

    def __str__(self) -> str:
        return f"log-in {self.id} of {self.user_id}"


class HandOver(models.Model):
    """A single-use code that takes a log-in to one site, in the browser that asked for it."""

    code = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 of the code.")
    login = models.ForeignKey(NetworkLogin, on_delete=models.CASCADE)
    to = models.CharField(max_length=60, help_text="Slug of the masthead, or `:desk`.")
    path = models.CharField(max_length=2000)
    nonce = models.CharField(max_length=64, help_text="SHA-256 of the browser's cookie there.")
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"hand-over {self.code[:8]} to {self.to}"


class Membership(models.Model):
    """That a reader agreed to be known on one masthead: when, and to which words."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    masthead = models.ForeignKey("mastheads.Masthead", on_delete=models.CASCADE, related_name="+")
    joined_at = models.DateTimeField()
    shown = models.TextField(help_text="The words the reader agreed to, as shown.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "masthead"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.masthead_id}"


class AlertWish(models.Model):
    """That a reader asked for a masthead's news alerts: the proof of their consent."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="alert_wishes"
    )
    masthead = models.ForeignKey("mastheads.Masthead", on_delete=models.CASCADE, related_name="+")
    address = models.EmailField(help_text="The address that the invitation was sent to.")
    invited_at = models.DateTimeField()
    shown = models.TextField(help_text="The words the reader agreed to, as shown.")
    wished_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "masthead"], name="alert_wish_once")]

    def __str__(self) -> str:
        return f"{self.user_id} for alerts of {self.masthead_id}"


class ProviderNotice(models.Model):
    """A notice of a provider that was taken, so that it is not taken twice."""

    fingerprint = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 of it.")
    provider = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    received_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.kind} of {self.provider}, {self.fingerprint[:8]}"


class MailStop(models.Model):
    """An address that its owner told a provider to pass no mail on to (Apple's relay)."""

    address = models.EmailField(primary_key=True, help_text="In lower case.")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.address


class LimitEntry(models.Model):
    """What a rate limit remembers; the columns are those of Django's database cache."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_limitentry"

    def __str__(self) -> str:
        return self.cache_key


class DataRequest(models.Model):
    """That a reader asked for a copy of their data, or for the end of their account; the proof."""

    COPY, DELETION = "copy", "deletion"
    CHOICES = (ERASE, ANONYMOUS)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="data_requests"
    )
    kind = models.CharField(max_length=8, choices=[(COPY, COPY), (DELETION, DELETION)])
    choice = models.CharField(
        max_length=9, blank=True, help_text="What becomes of what they wrote: erase or anonymous."
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="Promised by then.")
    done_at = models.DateTimeField(null=True)
    content = models.TextField(blank=True, help_text="The copy, JSON; emptied after seven days.")
    proof = models.JSONField(default=dict, help_text="How many of what were removed.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="copy", choice="")
                | Q(kind="deletion", choice__in=(ERASE, ANONYMOUS)),
                name="data_request_says_what",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
