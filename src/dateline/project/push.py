"""Settings of web push."""

from pydantic import Field
from pydantic_settings import BaseSettings


class PushSettings(BaseSettings):
    """The part of `Config` that says which push services are trusted."""

    push_trusted: str = Field(
        default="",
        description=(
            "Origins of push services in your own network, with commas, for tests and demos; "
            "all others must be public and speak https."
        ),
    )
