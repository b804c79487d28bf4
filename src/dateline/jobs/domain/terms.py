"""A listing as somebody wants it shown, read from typed words, and all that is wrong with them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dateline import markup
from dateline.jobs.domain.kinds import Employment, Level, SalaryUnit, Where

TITLE_LONGEST, NAME_LONGEST, PLACE_LONGEST = 120, 120, 80
TEXT_LONGEST, ADDRESS_LONGEST = 20_000, 500
SALARY_MOST = 1_000_000_000_000
LONGEST = timedelta(days=366)  # what is listed for longer is forgotten, not open
SHOWN = 60  # characters of what was found that a message repeats

COLUMNS = (
    "id", "title", "employer", "employer_url", "text", "place", "region", "country", "where",
    "employment", "salary_min", "salary_max", "salary_currency", "salary_unit", "language_level",
    "apply_url", "apply_mail", "posted", "valid_until",
)  # fmt: skip
REQUIRED = ("id", "title", "employer", "text", "valid_until")

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
HOST = r"(?=[^@]{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
WEB_HOST = re.compile(HOST)
MAIL = re.compile(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{HOST}")
WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,15}", re.ASCII)
TAG = re.compile(r"</?[A-Za-z][^<>]*>")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field: a sentence that says what was found and what to do."""

    field: str
    text: str

    def __str__(self) -> str:
        return f"{self.field}: {self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingTerms:
    """One job. Moments are aware UTC; it is open from `posted_at` until before `valid_until`.

    `text` is plain, paragraphs apart by an empty line. `country` is an ISO 3166 code: where the
    work is, or, for remote work, from where it may be done. A salary is a whole number of
    `salary_currency` (ISO 4217) for one `salary_unit`.
    """

    title: str
    employer: str
    text: str
    posted_at: datetime
    valid_until: datetime
    employer_url: str = ""
    place: str = ""
    region: str = ""
    country: str = "JP"
    where: str = Where.ONSITE
    employment: str = Employment.FULL_TIME
    salary_min: int | None = None
    salary_max: int | None = None
    salary_currency: str = ""
    salary_unit: str = ""
    language_level: str = Level.NONE
    apply_url: str = ""
    apply_mail: str = ""


def read(
    told: Mapping[str, object], *, zone: str, today: date
) -> tuple[ListingTerms | None, tuple[Problem, ...]]:
    """Read a listing from what was typed or sent, by the names in COLUMNS; the id is not read.

    A day without a time is one of `zone`, an IANA name: posted at its beginning, valid until its
    end. Without `posted` it is `today`. Returns the terms, or None and everything that is wrong.
    """
    fields = _Fields(told, ZoneInfo(zone))
    terms = ListingTerms(
        title=fields.line("title", TITLE_LONGEST, needed=True),
        employer=fields.line("employer", NAME_LONGEST, needed=True),
        employer_url=fields.address("employer_url"),
        text=fields.text("text"),
        place=fields.line("place", PLACE_LONGEST),
        region=fields.line("region", PLACE_LONGEST),
        country=fields.code("country", 2, "JP"),
        where=fields.choice("where", Where, Where.ONSITE),
        employment=fields.choice("employment", Employment, Employment.FULL_TIME),
        salary_min=fields.whole("salary_min"),
        salary_max=fields.whole("salary_max"),
        salary_currency=fields.code("salary_currency", 3, ""),
        salary_unit=fields.choice("salary_unit", SalaryUnit, ""),
        language_level=fields.choice("language_level", Level, Level.NONE),
        apply_url=fields.address("apply_url"),
        apply_mail=fields.mail("apply_mail"),
        posted_at=fields.moment("posted", default=today),
        valid_until=fields.moment("valid_until", is_end=True),
    )
    problems = [*fields.problems, *_contradictions(terms, {one.field for one in fields.problems})]
    return (None if problems else terms), tuple(problems)


def _contradictions(terms: ListingTerms, broken: set[str]) -> list[Problem]:
    """What cannot be true together, of fields that could be read."""
    found = []
    if terms.where != Where.REMOTE and not terms.place and not broken & {"where", "place"}:
        found.append(Problem("place", f"Work that is {terms.where} needs a town. Name it."))
    if not (terms.apply_url or terms.apply_mail or broken & {"apply_url", "apply_mail"}):
        found.append(Problem("apply_url", "Nobody can apply. Give apply_url or apply_mail."))
    found += _salary_problems(terms, broken)
    if broken & {"posted", "valid_until"}:
        return found
    if terms.valid_until <= terms.posted_at:
        found.append(Problem("valid_until", "It ends before it is posted. Give a later day."))
    elif terms.valid_until - terms.posted_at > LONGEST:
        found.append(Problem("valid_until", "It is open for more than a year. Give a nearer day."))
    return found


def _salary_problems(terms: ListingTerms, broken: set[str]) -> list[Problem]:
    found = []
    low, high = terms.salary_min, terms.salary_max
    if low is not None and high is not None and low > high:
        found.append(
            Problem("salary_min", f"{low:,} is more than salary_max, {high:,}. Change them round.")
        )
    if low is None and high is None:
        return found
    for name, value in (("currency", terms.salary_currency), ("unit", terms.salary_unit)):
        if not value and f"salary_{name}" not in broken:
            found.append(Problem(f"salary_{name}", f"A salary needs a {name}. Give one."))
    return found


class _Fields:
    """Words by name that can say what is wrong with each."""

    def __init__(self, told: Mapping[str, object], zone: ZoneInfo) -> None:
        self.told, self.zone = told, zone
        self.problems: list[Problem] = []

    def wrong(self, name: str, text: str) -> None:
        self.problems.append(Problem(name, text))

    def raw(self, name: str) -> str:
        """What was told, as text; a number stands for itself, and nothing else does."""
        value = self.told.get(name)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int):
            self.wrong(name, f"Expected text, found {_shown(value)}. Write plain text.")
            return ""
        text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
        if found := CONTROL.search(text):
            sign = f"U+{ord(found[0]):04X}"
            self.wrong(name, f"It holds the control sign {sign}. Take it out.")
            return ""
        return text

    def line(self, name: str, most: int, *, needed: bool = False) -> str:
        before = len(self.problems)
        text = " ".join(self.raw(name).split())
        if len(self.problems) > before:
            return ""
        if needed and not text:
            self.wrong(name, "It is empty. Fill it in.")
        if len(text) > most:
            self.wrong(name, f"It has {len(text):,} characters; {most:,} fit. Shorten it.")
        return text

    def text(self, name: str) -> str:
        before = len(self.problems)
        text = self.raw(name)
        if TAG.search(text):
            text = markup.text_of(text)
        if len(self.problems) > before:
            return ""
        if not text.strip():
            self.wrong(name, "It is empty. Say what the work is.")
        if len(text) > TEXT_LONGEST:
            self.wrong(name, f"It has {len(text):,} characters; {TEXT_LONGEST:,} fit. Shorten it.")
        return text.strip()

    def choice(self, name: str, kinds: type[StrEnum], default: str) -> str:
        word = self.raw(name).lower().replace("-", "_").replace(" ", "_")
        if word and word not in set(kinds):
            self.wrong(name, f"{_shown(word)} is not one of {', '.join(kinds)}. Choose one.")
        return word or default

    def code(self, name: str, letters: int, default: str) -> str:
        word = self.raw(name).upper()
        if word and not (len(word) == letters and word.isascii() and word.isalpha()):
            self.wrong(name, f"{_shown(word)} is not {letters} letters, as an ISO code has.")
        return word or default

    def whole(self, name: str) -> int | None:
        word = self.raw(name)
        if not word:
            return None
        if not WHOLE.fullmatch(word) or int(word.replace(",", "")) > SALARY_MOST:
            self.wrong(name, f"Expected a whole number, found {_shown(word)}. Write it as 3200000.")
            return None
        return int(word.replace(",", ""))

    def address(self, name: str) -> str:
        url = self.raw(name)
        if url and (problem := _address_problem(url)):
            self.wrong(name, problem)
        return url

    def mail(self, name: str) -> str:
        word = self.raw(name)
        if word and not (MAIL.fullmatch(word) and ".." not in word):
            self.wrong(name, f"{_shown(word)} is no mail address. Write it as jobs@firm.example.")
        return word

    def moment(self, name: str, *, is_end: bool = False, default: date | None = None) -> datetime:
        never = datetime.min.replace(tzinfo=UTC)
        before = len(self.problems)
        word = self.raw(name)
        if len(self.problems) > before:
            return never
        if not word and default is not None:
            return self._of_day(default, is_end=False)
        try:
            if len(word) == len("2026-11-30"):
                return self._of_day(date.fromisoformat(word), is_end=is_end)
            moment = datetime.fromisoformat(word)
            if moment.tzinfo is None:
                self.wrong(name, f"{_shown(word)} has no UTC offset. Add one, or give only a day.")
                return never
            return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            self.wrong(name, f"{_shown(word)} is no day. Write it as 2026-11-30.")
            return never

    def _of_day(self, day: date, *, is_end: bool) -> datetime:
        day += timedelta(days=is_end)
        return datetime.combine(day, time.min, tzinfo=self.zone).astimezone(UTC)


def _address_problem(url: str) -> str:
    """Why readers may not be sent to `url`; empty where they may: https on a named host only."""
    if len(url) > ADDRESS_LONGEST or re.search(r"[\s\\]", url):
        return "It has spaces or signs that no address has, or is too long. Copy it again."
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return f"{_shown(url)} is no address. Copy it again."
    if parts.scheme != "https":
        found = repr(parts.scheme[:SHOWN]) if parts.scheme else "nothing"
        return f"An address begins with https://, found {found}. Ask for a safe one."
    if "@" in parts.netloc:
        return "An address must not hold a name or password. Take it out."
    if port == 0 or not WEB_HOST.fullmatch(host):
        return f"{_shown(host)} is not the name of a host on the web. Copy the address again."
    return ""


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
