"""Settings of search."""

import re
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

KNOWN = re.compile(r"|sqlite|postgresql|tantivy|opensearch\+https?://[^\s/]+/[a-z0-9_-]+")


class SearchSettings(BaseSettings):
    """The part of `Config` that says which engine finds stories."""

    search: str = Field(
        default="",
        description=(
            "What finds stories: `sqlite`, `postgresql`, `tantivy` (one machine, more than 100,000 "
            "stories) or `opensearch+https://user:password@host:9200/index`; empty suits the "
            "database."
        ),
    )

    search_synonyms: Path | None = Field(
        default=None,
        description=(
            "A file of the newsroom's own words of one meaning, one group a line: "
            "`ferry, boat, 船`. Read again when it changes; `dateline check` names bad lines."
        ),
    )

    @field_validator("search")
    @classmethod
    def _known(cls, value: str) -> str:
        if not KNOWN.fullmatch(value):
            raise ValueError("it is none of them")
        return value
