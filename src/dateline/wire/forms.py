"""The desk's forms for a provider and its pick-ups; what they store goes through the services."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from dateline.mastheads import queries as mastheads
from dateline.wire import models
from dateline.wire.domain.next_page import ITEMS, NEXT
from dateline.wire.domain.pickups import EXAMPLES, NEEDS, OPTIONS, Kind
from dateline.wire.services import pickups, providers

KINDS = [
    (Kind.FEED.value, "A feed or file at a web address"),
    (Kind.PAGES.value, "A web address whose answer names the next one (AP, for example)"),
    (Kind.SFTP.value, "A folder on an SFTP server"),
    (Kind.S3.value, "A bucket of S3, or of a server that speaks it"),
    (Kind.IMAP.value, "A mailbox, by IMAP"),
]


class ProviderForm(WagtailAdminModelForm):
    """An agency: how its copy is read, and where it may be published by itself."""

    class Meta:
        model = models.Provider
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = [("", "---------"), *mastheads.section_choices()]
        self.fields["auto_section"].widget.choices = sections

    def _post_clean(self) -> None:
        """Ask the service what is wrong, after Django has put the values into the instance."""
        super()._post_clean()
        for name, problem in providers.problems_of(self.instance).items():
            if name not in self.errors:
                self.add_error(name, problem)

    def save(self, commit: bool = True) -> models.Provider:
        """Store through the service."""
        del commit  # a provider is stored whole or not at all
        by = self.for_user.get_full_name() if self.for_user else "the desk"
        providers.save_provider(self.instance, by=by)
        provider: models.Provider = self.instance
        return provider


class PickupForm(WagtailAdminModelForm):
    """A place to fetch from. The secret is written and never shown; empty leaves the stored one."""

    kind = forms.ChoiceField(label="What it is", choices=KINDS)
    secret = forms.CharField(
        required=False, strip=False, label="Password, token or private key",
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text="It is stored sealed and never shown again. Empty: the one that is stored stays, "
        "unless the server, the name or the server's key is another.",
    )  # fmt: skip
    forget_secret = forms.BooleanField(required=False, label="Forget the stored secret")
    remove = forms.BooleanField(
        required=False, label="Remove what we have taken",
        help_text="SFTP and S3: a file is removed there after its bytes are safe here.",
    )  # fmt: skip
    host_key = forms.CharField(
        required=False, label="Key of the SFTP server",
        help_text="As `ssh-keyscan` prints it behind the host: `ssh-ed25519 AAAA…`. Compare it "
        "with what the agency tells you.",
    )  # fmt: skip
    endpoint = forms.URLField(
        required=False, label="S3 server", assume_scheme="https",
        help_text="Empty for Amazon's own.",
    )  # fmt: skip
    region = forms.CharField(required=False, label="S3 region", max_length=40)
    senders = forms.CharField(
        required=False, label="Senders", widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mailbox: whose mails are read, one a line: an address, or `@agency.example`. "
        "All others go to quarantine.",
    )  # fmt: skip
    checked_by = forms.CharField(
        required=False, label="Mail server that checks senders",
        help_text="Mailbox: the name that stands first in `Authentication-Results` of your mails.",
    )  # fmt: skip
    next = forms.CharField(required=False, label="Where the next address is", initial=NEXT)
    items = forms.CharField(required=False, label="Where the items are", initial=ITEMS)
    header = forms.CharField(
        required=False, label="Header of the token", max_length=60,
        help_text="AP: `x-api-key`. Empty: `Authorization: Bearer`.",
    )  # fmt: skip

    class Meta:
        model = models.Pickup
        fields = ("provider", "kind", "address", "user", "every_s", "active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        examples = "; ".join(EXAMPLES.values())
        self.fields["address"].help_text = f"For example: {examples}"
        for name, value in self.instance.options.items():
            self.initial[name] = "\n".join(value) if isinstance(value, list) else value

    def clean(self) -> dict[str, Any]:
        """Say what this kind of place needs."""
        data: dict[str, Any] = super().clean() or {}
        kind = data.get("kind")
        for name in NEEDS[Kind(kind)] if kind else ():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, "This kind of place needs it.")
        self.instance.options = self._options(data, kind)
        return data

    def _options(self, data: dict[str, Any], kind: str | None) -> dict[str, Any]:
        known = OPTIONS[Kind(kind)] if kind else ()
        said = {name: data[name] for name in sorted(known) if data.get(name)}
        if "senders" in said:
            said["senders"] = [
                line.strip() for line in said["senders"].splitlines() if line.strip()
            ]
        return said

    def _post_clean(self) -> None:
        """Ask the service what is wrong, after Django has put the values into the instance."""
        super()._post_clean()
        if "kind" in self.errors or "address" in self.errors:
            return
        for name, problem in pickups.problems_of(self.instance, secret=self._secret()).items():
            self.add_error(name if name in self.fields else None, problem)

    def save(self, commit: bool = True) -> models.Pickup:
        """Store through the service."""
        del commit  # a place is stored whole or not at all
        by = self.for_user.get_full_name() if self.for_user else "the desk"
        pickups.save_pickup(self.instance, secret=self._secret(), by=by)
        pickup: models.Pickup = self.instance
        return pickup

    def _secret(self) -> str | None:
        """What was typed; '' to forget the stored one, None to leave it."""
        if self.cleaned_data["forget_secret"]:
            return ""
        return self.cleaned_data.get("secret", "").strip() or None
