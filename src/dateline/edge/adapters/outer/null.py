"""The outer cache that is not there: it keeps nothing, so there is nothing to forget."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NullCache:
    """Confirms every purge at once. For trying a configuration, and as the smallest example."""

    name: str = "null"
    most_tags: int = 1_000
    every_s: float = 0.0

    def purge(self, tags: Sequence[str], *, soft: bool, standing: str = "") -> None:
        """Do nothing, and never fail."""
