"""Settings of the providers that readers may sign in with, and what follows from them."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode

from dateline.accounts.domain import providers
from dateline.accounts.domain.providers import LoginProvider

# One provider a line: what has to be set together.
TOGETHER = (
    ("facebook_app_id", "facebook_app_secret"),
    ("google_client_id", "google_client_secret"),
    ("apple_client_id", "apple_team_id", "apple_key_id", "apple_key_file"),
    ("oidc_issuer", "oidc_name", "oidc_client_id", "oidc_client_secret"),
)


class ProviderSettings(BaseSettings):
    """The part of `Config` that names providers. A provider is offered once all of its are set."""

    facebook_app_id: str = Field(
        default="", description="App ID of Facebook Login; empty offers no log-in with Facebook."
    )
    facebook_app_secret: SecretStr | None = Field(
        default=None, description="App secret that belongs to the Facebook app ID."
    )
    google_client_id: str = Field(
        default="", description="Client ID of Google's OAuth; empty offers no log-in with Google."
    )
    google_client_secret: SecretStr | None = Field(
        default=None, description="Client secret that belongs to Google's client ID."
    )
    apple_client_id: str = Field(
        default="",
        description="Services ID of Sign in with Apple; empty offers no log-in with Apple.",
    )
    apple_team_id: str = Field(default="", description="Team ID of your Apple developer account.")
    apple_key_id: str = Field(default="", description="ID of the key in DATELINE_APPLE_KEY_FILE.")
    apple_key_file: Path | None = Field(
        default=None, description="File with the private key from Apple (`AuthKey_….p8`)."
    )
    oidc_issuer: str = Field(
        default="",
        description="Issuer of your own OpenID Connect provider, such as `https://id.example.org`.",
    )
    oidc_name: str = Field(
        default="", description="What readers call your OpenID Connect provider."
    )
    oidc_client_id: str = Field(
        default="", description="Client ID at your OpenID Connect provider."
    )
    oidc_client_secret: SecretStr | None = Field(
        default=None, description="Client secret at your OpenID Connect provider."
    )
    oidc_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description=(
            "Hosts besides the issuer's that your OpenID Connect provider answers on, with commas."
        ),
    )
    pretend_providers: str = Field(
        default="",
        description=(
            "Address of the demo's pretend provider, asked instead of Facebook, Google and Apple; "
            "only one of this machine, such as `http://127.0.0.1:8001`."
        ),
    )

    @field_validator("oidc_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: Any) -> Any:
        if isinstance(value, str):
            value = tuple(part.strip().lower() for part in value.split(",") if part.strip())
        return value

    @field_validator("oidc_issuer")
    @classmethod
    def _a_safe_issuer(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme != "https" or not parts.netloc) and not _is_here(value):
            raise ValueError("an issuer is an https:// address")
        return value

    @field_validator("pretend_providers")
    @classmethod
    def _only_here(cls, value: str) -> str:
        if value and not _is_here(value):
            raise ValueError("a pretend provider answers on this machine only")
        return value

    def incomplete_providers(self) -> list[str]:
        """Names of settings that are missing beside others that are set (or a file, unreadable)."""
        missing = []
        for names in TOGETHER:
            unset = [name for name in names if not getattr(self, name)]
            if unset and len(unset) < len(names):
                missing += unset
        if not missing and self.apple_key_file and not self.apple_key_file.is_file():
            missing.append("apple_key_file")
        return missing

    def login_providers(self) -> tuple[LoginProvider, ...]:
        """The providers that are set up, in the order in which readers see them."""
        found, at = [], self.pretend_providers
        if self.facebook_app_secret:
            secret = self.facebook_app_secret.get_secret_value()
            found.append(providers.facebook(self.facebook_app_id, secret, at=at))
        if self.google_client_secret:
            secret = self.google_client_secret.get_secret_value()
            found.append(providers.google(self.google_client_id, secret, at=at))
        if self.apple_key_file:
            found.append(
                providers.apple(
                    self.apple_client_id,
                    team=self.apple_team_id,
                    key_id=self.apple_key_id,
                    private_key=self.apple_key_file.read_text(),
                    at=at,
                )
            )
        if self.oidc_client_secret:
            secret = self.oidc_client_secret.get_secret_value()
            found.append(
                providers.openid(
                    self.oidc_name,
                    self.oidc_client_id,
                    secret,
                    issuer=self.oidc_issuer,
                    hosts=self.oidc_hosts,
                )
            )
        return tuple(found)


def _is_here(address: str) -> bool:
    """Whether an address can only be this machine's own: a loopback number, with a scheme."""
    parts = urlsplit(address)
    try:
        return parts.scheme in {"http", "https"} and ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
