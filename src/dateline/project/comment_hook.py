"""Settings of the operator's own service that is asked about each comment."""

from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

from dateline.discussion.domain.outside import Service

SHORTEST_SECRET = 16


class CommentHookSettings(BaseSettings):
    """The part of `Config` that names the service."""

    comment_hook_url: str = Field(
        default="",
        description=(
            "Address of your own service that is asked about each comment, such as "
            "`https://moderate.example.org/ask`; empty asks none."
        ),
    )
    comment_hook_secret: SecretStr | None = Field(
        default=None,
        description="Secret of at least 16 characters that signs what that service is asked.",
    )
    comment_hook_limit_ms: int = Field(
        default=2000, ge=50, le=10_000, description="Milliseconds that it may take to answer."
    )
    comment_hook_silent: Literal["hold", "pass"] = Field(
        default="hold",
        description=(
            "What becomes of a comment it does not answer about: `hold` for a person, or `pass`."
        ),
    )
    comment_hook_private: Literal["on", "off"] = Field(
        default="off",
        description="`on` lets that service be in your own network, and lets it speak plain HTTP.",
    )

    def hook_problems(self) -> list[str]:
        """What is wrong with these settings together; a sentence for each (dateline.E025)."""
        if not self.comment_hook_url:
            return []
        problems = []
        if not _fits(self.comment_hook_url, private=self.comment_hook_private == "on"):
            problems.append(
                "dateline.E025: DATELINE_COMMENT_HOOK_URL is no https:// address without a "
                "password. Plain http:// needs DATELINE_COMMENT_HOOK_PRIVATE=on."
            )
        secret = self.comment_hook_secret
        if secret is None or len(secret.get_secret_value()) < SHORTEST_SECRET:
            problems.append(
                "dateline.E025: DATELINE_COMMENT_HOOK_URL needs DATELINE_COMMENT_HOOK_SECRET, of "
                f"at least {SHORTEST_SECRET} characters."
            )
        return problems

    def comment_service(self) -> Service | None:
        """The service, or None where none is set."""
        if not self.comment_hook_url or self.comment_hook_secret is None:
            return None
        return Service(
            url=self.comment_hook_url,
            secret=self.comment_hook_secret.get_secret_value(),
            limit_s=self.comment_hook_limit_ms / 1000,
            silent=self.comment_hook_silent,
            private_allowed=self.comment_hook_private == "on",
        )


def _fits(address: str, *, private: bool) -> bool:
    """Whether the service may be asked at an address."""
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or a bracket that is none
        return False
    schemes = {"https", "http"} if private else {"https"}
    return parts.scheme in schemes and named and parts.username is None
