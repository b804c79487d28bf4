"""Settings of the feeds."""

from pydantic import Field
from pydantic_settings import BaseSettings


class FeedSettings(BaseSettings):
    """The part of `Config` that names who is told of new stories in feeds."""

    websub_hub: str = Field(
        default="",
        pattern=r"^(https?://[^\s<>\"]+)?$",
        description=(
            "WebSub hub that is told when a list changed, and named in every feed, such as "
            "`https://pubsubhubbub.appspot.com/`; empty tells none."
        ),
    )
