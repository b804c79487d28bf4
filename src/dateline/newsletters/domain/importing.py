"""One line of a file of subscribers: read, judged, and where it is no good told why."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from dateline.mail.domain.addresses import AddressRefused, normalised
from dateline.newsletters.domain.names import clean_name, known_zone

LONGEST_LINE = 4_000  # bytes; a line of five short columns never is
# What a column may be called, in the files of the programs that people come from.
COLUMNS = {
    "address": ("address", "email", "e-mail", "email address", "mail", "メールアドレス"),
    "name": ("name", "full name", "first name", "display name", "氏名", "名前"),
    "language": ("language", "lang", "locale", "言語"),
    "time_zone": ("time_zone", "time zone", "timezone", "tz"),
    "consented_at": ("consented_at", "confirmed_at", "opt-in time", "confirm_time", "optin_time"),
    "consented_where": ("consented_where", "source", "opt-in source", "where"),
}
ADDRESS = "address"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class State(StrEnum):
    """Where a file is."""

    LOADING = "loading"  # its pieces are coming in
    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    STOPPED = "stopped"  # by an editor, or because nothing in it can be read


class Verdict(StrEnum):
    """Why a line put nobody on the list."""

    REFUSED = "refused"
    WITHHELD = "withheld"
    KNOWN = "known"


class LineRefused(ValueError):
    """The line cannot be taken; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Person:
    """One good line. `consented_at` is aware UTC; None where the line does not say."""

    address: str
    name: str = ""
    language: str = ""
    time_zone: str = ""
    consented_at: datetime | None = None
    consented_where: str = ""


def columns_of(line: bytes) -> list[str]:
    """What the columns of a file are, by its first line; empty words for those nobody reads.

    A file whose first line holds an address and no names of columns has one column of addresses.

    Raises:
        LineRefused: no column is called anything like an address.

    """
    cells = [cell.strip().lower() for cell in _cells(line)]
    named = {called: name for name, all_ in COLUMNS.items() for called in all_}
    columns = [named.get(cell, "") for cell in cells]
    if ADDRESS in columns:
        return columns
    if any("@" in cell for cell in cells):
        return [ADDRESS if "@" in cell else "" for cell in cells]
    raise LineRefused("No column is called “email” or “address”, and the first line holds none.")


def names_columns(line: bytes) -> bool:
    """Whether the first line is a heading, and no person."""
    return not any("@" in cell for cell in _cells(line))


def person_of(line: bytes, columns: Sequence[str]) -> Person:
    """Read one line (UTF-8, CSV) by what its columns are.

    Raises:
        LineRefused: what is wrong with it, in words for an editor.

    """
    cells = _cells(line)
    if len(cells) > len(columns):
        raise LineRefused(f"It has {len(cells)} columns; the first line has {len(columns)}.")
    found = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
    try:
        address = normalised(found.get(ADDRESS, "").removeprefix("'"))
    except AddressRefused as refusal:
        raise LineRefused(str(refusal)) from refusal
    return Person(
        address=address,
        name=clean_name(found.get("name", "")),
        language=found.get("language", "")[:10],
        time_zone=known_zone(found.get("time_zone", "")),
        consented_at=_moment(found.get("consented_at", "")),
        consented_where=found.get("consented_where", "")[:300],
    )


def guarded(value: object) -> str:
    """One cell that no spreadsheet calculates: what begins like a formula is text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _cells(line: bytes) -> list[str]:
    if len(line) > LONGEST_LINE:
        raise LineRefused(f"It is longer than {LONGEST_LINE:,} bytes.")
    try:
        text = line.decode("utf-8-sig").strip("\r\n")
    except UnicodeDecodeError as error:
        raise LineRefused(f"Byte {error.start + 1} is not UTF-8.") from error
    if "\0" in text:
        raise LineRefused("It holds a NUL byte.")
    try:
        return next(csv.reader([text], strict=True), [])
    except csv.Error as error:
        raise LineRefused(f"Its quotes do not fit: {error}.") from error


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise LineRefused(f"{text[:40]!r} is no moment like 2025-03-31 14:05.") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
