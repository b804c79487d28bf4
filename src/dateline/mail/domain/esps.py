"""The ESPs that mail to many can leave through, and what each of them is like."""

from dataclasses import dataclass, field

from dateline.mail.domain.svix import PREFIX


@dataclass(frozen=True, slots=True)
class Esp:
    """One provider. `batch` is how many mails it takes in one request, `needs` what must be set."""

    name: str
    title: str
    api: str
    batch: int
    needs: tuple[str, ...]
    idempotency: str = ""  # name of the header; empty: it knows none
    is_merging: bool = False  # it fills the slots itself: one text and a list of readers
    has_basic_auth: bool = True  # its events show who they are so
    signs_with: str = ""  # how a secret begins with which it signs instead


ESPS = {
    one.name: one
    for one in (
        Esp("postmark", "Postmark", "https://api.postmarkapp.com/", 500, ("key",)),
        Esp(
            "mailgun", "Mailgun", "https://api.mailgun.net/v3/", 1000, ("key", "domain"),
            is_merging=True, has_basic_auth=False,
        ),
        Esp(
            "resend", "Resend", "https://api.resend.com/", 100, ("key",),
            idempotency="Idempotency-Key", signs_with=PREFIX,
        ),
    )
}  # fmt: skip


def is_signing(esp: Esp, secret: str) -> bool:
    """Whether a secret is one with which this ESP signs, and no password."""
    return bool(esp.signs_with) and secret.startswith(esp.signs_with)


@dataclass(frozen=True, slots=True)
class EspRoute:
    """An ESP as the operator set it up. `url` is where its API is, `secret` its webhook's."""

    name: str
    key: str = field(repr=False)
    url: str = ""
    domain: str = ""
    stream: str = ""
    secret: str = field(default="", repr=False)

    @property
    def esp(self) -> Esp:
        """What the provider is like."""
        return ESPS[self.name]

    @property
    def api(self) -> str:
        """Address of its API, with a slash at its end."""
        return (self.url or self.esp.api).rstrip("/") + "/"
