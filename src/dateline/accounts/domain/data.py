"""What is asked of every room that keeps something of a reader: a copy, and to forget it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

PROMISED = timedelta(hours=24)  # within which a request is done
COPY_KEPT = timedelta(days=7)
ERASE, ANONYMOUS = "erase", "anonymous"  # what is to become of what a reader wrote


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderData:
    """One room's answers. `project/reader_data.py` lists every room that has something to say.

    `copy` takes the id of a reader and returns what is kept of them, as JSON knows it. `forget`
    takes the id and ERASE or ANONYMOUS, removes or unnames what they wrote, and returns how many
    of what: `{"comments": 12}`. It runs in the transaction that removes the person and must not
    fail when there is nothing.
    """

    room: str
    copy: Callable[[str], Any]
    forget: Callable[[str, str], dict[str, int]]


class DataRefused(Exception):
    """A request that cannot be taken; the reason is a word for `domain.words`."""
