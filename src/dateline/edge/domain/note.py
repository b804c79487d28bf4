"""What a renderer tells the front about a page that may be shared: the note beside the answer."""

import json
import math
from dataclasses import dataclass
from typing import Any

# A renderer's whole head may have 64 KiB; the note takes at most a quarter of it.
LONGEST_NOTE = 16 * 1024
LONGEST_TAG = 200
MOST_TAGS = 1_000
MOST_SECONDS = 2.0**40  # some 35,000 years: beyond it is nonsense
LARGEST_SEQUENCE = 2**64 - 1


class BadNote(ValueError):
    """A note that cannot be written or believed. The text says which field and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNote:
    """What one rendered page depends on.

    `start` is the sequence of the counters, read before rendering began. `hard` are tags whose
    purge makes the page wrong, `soft` those after which it may be shown once more while a new one
    is made. `opens` is the next moment at which something may appear and the page must be made
    again; `closes` the next at which something shown must vanish, after which the page is never
    shown again: seconds since 1970 UTC, or None. `ttl` is how many seconds after the start of the
    render the page holds at most, or None for as long as nothing changes. `query` are the names of
    the query that the view reads: with any other the page is the same. None is every allowed name.
    """

    start: int
    hard: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()
    opens: float | None = None
    closes: float | None = None
    ttl: float | None = None
    query: tuple[str, ...] | None = None

    def to_json(self) -> str:
        """Return the note as one line of ASCII, fit for a header field.

        Raises:
            BadNote: it names more than 1,000 tags, or is longer than 16 KiB.

        """
        if len(self.hard) + len(self.soft) > MOST_TAGS:
            raise BadNote(f"The page names more than {MOST_TAGS} tags.")
        fields = {
            "start": self.start,
            "hard": self.hard,
            "soft": self.soft,
            "opens": self.opens,
            "closes": self.closes,
            "ttl": self.ttl,
            "query": self.query,
        }
        text = json.dumps({k: v for k, v in fields.items() if v or _says_something(k, v)})
        if len(text) > LONGEST_NOTE:
            raise BadNote(f"The note has {len(text)} characters; the limit is {LONGEST_NOTE}.")
        return text

    @classmethod
    def from_json(cls, text: str | bytes) -> "PageNote":
        """Read a note back.

        Raises:
            BadNote: it is too long, not JSON, lacks `start`, or a field has the wrong shape.

        """
        if len(text) > LONGEST_NOTE:
            raise BadNote(f"The note has {len(text)} characters; the limit is {LONGEST_NOTE}.")
        try:
            fields = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise BadNote(f"The note is not JSON: {error}") from error
        if not isinstance(fields, dict):
            raise BadNote("The note is not one JSON object.")
        note = cls(
            start=_sequence(fields.get("start")),
            hard=_tags(fields, "hard"),
            soft=_tags(fields, "soft"),
            opens=_seconds(fields, "opens"),
            closes=_seconds(fields, "closes"),
            ttl=_seconds(fields, "ttl"),
            query=_tags(fields, "query") if "query" in fields else None,
        )
        if len(note.hard) + len(note.soft) > MOST_TAGS:
            raise BadNote(f"The page names more than {MOST_TAGS} tags.")
        return note


def _says_something(name: str, value: Any) -> bool:
    """Whether an empty value is more than none at all: a number, or that no name is read."""
    return name == "start" or value == 0.0 or (name == "query" and value is not None)


def _sequence(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST_SEQUENCE:
        raise BadNote(f"start: expected a whole number from 0, found {value!r}")
    return value


def _tags(fields: dict[str, Any], name: str) -> tuple[str, ...]:
    values = fields.get(name, [])
    if not isinstance(values, list) or not all(
        isinstance(tag, str) and 0 < len(tag) <= LONGEST_TAG for tag in values
    ):
        raise BadNote(f"{name}: expected a list of tags of 1 to {LONGEST_TAG} characters")
    return tuple(values)


def _seconds(fields: dict[str, Any], name: str) -> float | None:
    value = fields.get(name)
    if value is None:
        return None
    if type(value) not in {int, float} or not math.isfinite(value) or not 0 <= value < MOST_SECONDS:
        raise BadNote(f"{name}: expected seconds, found {value!r}")
    return float(value)
