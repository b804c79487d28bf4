"""Read a file of listings, CSV or JSON, into rows; write rows so that they open safely."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.jobs.domain.errors import FeedRefused
from dateline.jobs.domain.terms import COLUMNS, REQUIRED

BYTES_MOST = 5 * 1024 * 1024
ROWS_MOST = 5_000
ID_LONGEST = 120
DELIMITERS = ",;\t"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would calculate instead of show


@dataclass(frozen=True, slots=True)
class Row:
    """One listing as sent. `number` counts as people do: in CSV the heading is row 1.

    `problem` is why it could not be taken apart at all; then `values` holds what there was.
    """

    number: int
    values: Mapping[str, Any]
    problem: str = ""

    @property
    def key(self) -> str:
        """The feed's own name for it, or nothing where it has none that can be used."""
        value = self.values.get("id")
        if isinstance(value, bool) or not isinstance(value, str | int):
            return ""
        text = str(value).strip()
        return text if len(text) <= ID_LONGEST and text.isprintable() else ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A file as read. `complete`: it says that what it does not list is over.

    `unknown` are columns that nobody reads. `broken_off`: the rest of it could not be read.
    """

    kind: str
    rows: tuple[Row, ...]
    complete: bool = False
    unknown: tuple[str, ...] = ()
    broken_off: bool = False


def read_feed(data: bytes, *, source: str) -> Feed:
    """Take a file apart. `source` is its name, for messages. What is wrong with a row is in it.

    Raises:
        FeedRefused: too large, empty, no text, neither CSV with our columns nor JSON.

    """
    if len(data) > BYTES_MOST:
        raise FeedRefused(
            source, f"It has {len(data):,} bytes; {BYTES_MOST:,} are taken. Split it."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FeedRefused(
            source, f"It is not UTF-8 at byte {error.start + 1:,}. Save it as CSV UTF-8, or JSON."
        ) from None
    if not text.strip():
        raise FeedRefused(source, "It is empty.")
    feed = _json(text, source) if text.lstrip()[0] in "[{" else _csv(text, source)
    if len(feed.rows) > ROWS_MOST:
        raise FeedRefused(
            source, f"It has more than {ROWS_MOST:,} listings. Split it into several files."
        )
    return feed


def _json(text: str, source: str) -> Feed:
    try:
        told: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FeedRefused(source, f"It is not JSON: {str(error)[:120]}.") from None
    about = told if isinstance(told, dict) else {"jobs": told}
    jobs, complete = about.get("jobs"), about.get("complete", False)
    if not isinstance(jobs, list):
        raise FeedRefused(source, 'Its listings are missing. Put them in a list named "jobs".')
    if not isinstance(complete, bool):
        raise FeedRefused(source, '"complete" is neither true nor false.')
    rows = tuple(_json_row(n, one) for n, one in enumerate(jobs[: ROWS_MOST + 1], start=1))
    names = {str(name)[:40] for row in rows for name in row.values} - {*COLUMNS, "?"}
    return Feed("json", rows, complete, tuple(sorted(names)[:20]))


def _json_row(number: int, one: Any) -> Row:
    if isinstance(one, dict):
        return Row(number, one)
    return Row(number, {"?": one}, f"Expected an object, found {type(one).__name__}.")


def _csv(text: str, source: str) -> Feed:
    first = text.lstrip("\n\r").split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    # A lone carriage return ends a line too, as old spreadsheets write it.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [name.strip().lower() for name in next(reader)]
    except csv.Error as error:
        raise FeedRefused(source, f"Its heading cannot be read: {error}.") from None
    if missing := [name for name in REQUIRED if name not in names]:
        raise FeedRefused(
            source, f"Its first row has no column {', '.join(missing)}. It reads {first[:80]!r}."
        )
    if twice := {name for name in names if names.count(name) > 1}:
        raise FeedRefused(source, f"It has two columns named {', '.join(sorted(twice))}.")
    rows: list[Row] = []
    broken_off = False
    try:
        for number, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells):
                rows.append(_csv_row(number, names, cells))
            if len(rows) > ROWS_MOST:
                break
    except csv.Error as error:
        number = rows[-1].number + 1 if rows else 2
        rows.append(Row(number, {}, f"Nothing can be read from here on: {error}."))
        broken_off = True
    unknown = tuple(name[:40] for name in names if name and name not in COLUMNS)[:20]
    return Feed("csv", tuple(rows), unknown=unknown, broken_off=broken_off)


def _csv_row(number: int, names: list[str], cells: list[str]) -> Row:
    values = {name: _unguarded(cell) for name, cell in zip(names, cells, strict=False) if name}
    if len(cells) != len(names):
        return Row(
            number, values,
            f"It has {len(cells)} cells, the heading {len(names)}. Is a quotation mark missing?",
        )  # fmt: skip
    return Row(number, values)


def csv_of(names: Iterable[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Write a table as CSV that no spreadsheet calculates: what begins like a formula is text.

    Such a cell gets an apostrophe in front, which `read_feed` takes off again.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    columns = list(names)
    writer.writerow(columns)
    writer.writerows([guarded(row.get(name, "")) for name in columns] for row in rows)
    return out.getvalue()


def guarded(value: object) -> str:
    """One cell that is shown as it is in a spreadsheet."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip(" ").startswith(FORMULA) else cell
