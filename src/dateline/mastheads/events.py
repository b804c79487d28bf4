"""What happened to a masthead."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class MastheadChanged:
    """A site was added or deleted, or its name, host, look or sections changed. `at` is aware UTC.

    `titles` says whether other sites show something else of it, as its name or its host.
    """

    name: ClassVar[str] = "masthead.changed"
    masthead_id: int
    at: datetime
    by: str
    titles: bool = True
