"""Settings of the wire."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings


class WireSettings(BaseSettings):
    """The part of `Config` that says where agency files come from."""

    intake_dir: Path | None = Field(
        default=None,
        description="Folder watched for agency files; empty means `intake` in the data folder.",
    )
    wire_private: Literal["on", "off"] = Field(
        default="off",
        description=(
            "`on` lets pick-ups fetch from machines of your own network; `off` only from public "
            "addresses."
        ),
    )
