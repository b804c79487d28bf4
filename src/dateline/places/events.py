"""What happened to places. Ids and moments only: whoever hears it reads the rest."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChanged:
    """A place was added, changed or taken away. `mastheads` are ids: where it was, and is."""

    name: ClassVar[str] = "place.changed"
    place_id: int
    mastheads: tuple[int, ...]
    by: str
    at: datetime
