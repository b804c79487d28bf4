"""Read the demo's stories from the plain files they are written in.

A file holds stories; each begins with `# its-slug`, then `name: value` lines, then the text up to
the next story. Paragraphs are apart by an empty line. `## ` begins a heading, `> words — speaker` a
quotation, `!name caption` a picture in the text, and lines between `:::` a factbox. `{2+}` before a
paragraph means that it is there from the second version on, `{-1}` that it is gone after the first;
`headline.1:` is the first version's headline.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

_HEADER = re.compile(r"([a-z]+(?:\.1)?): ?(.*)")
_AGE = re.compile(r"(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?")
_MARK = re.compile(r"\{(?:([0-9]+)\+|-([0-9]+))\} ?")
_NAMES = frozenset(
    {
        "headline", "headline.1", "short", "standfirst", "in", "ago", "then", "by", "byline",
        "dateline", "kind", "from", "format", "urgency", "topics", "picture", "caption", "credit",
        "sensitive", "pin", "copyright", "state", "translated",
    }
)  # fmt: skip


class ContentError(Exception):
    """A story that cannot be read; says which file and story, what was found and what is meant."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a story `after` it was published. `note` is for readers."""

    after: timedelta
    kind: str  # update, correction, clarification
    note: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of a story as typed, and the versions it belongs to (`until` 0: to the last)."""

    kind: str  # text, heading, quote, picture, factbox
    text: str
    since: int = 1
    until: int = 0

    def is_in(self, version: int) -> bool:
        """Whether readers of that version saw it."""
        return self.since <= version and (not self.until or version <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoStory:
    """One story as written. `ago` is how long before the seeding it was published."""

    slug: str
    headline: str
    first_headline: str
    places: tuple[tuple[str, str], ...]  # masthead and section, the first is canonical
    ago: timedelta
    paragraphs: tuple[Paragraph, ...]
    short: str = ""
    standfirst: str = ""
    changes: tuple[Change, ...] = ()
    people: tuple[str, ...] = ()
    byline: str = ""
    dateline: str = ""
    kind: str = "article"
    provider: str = ""
    format: str = ""
    urgency: int = 5
    topics: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    caption: str = ""
    credit: str = ""
    sensitive: bool = False
    pin: int | None = None
    copyright: str = ""
    state: str = "public"  # or draft, schedule, embargo, kill, withdraw
    state_after: timedelta = timedelta()
    state_note: str = ""
    translated: tuple[str, ...] = ()  # how, by whom, and the slug of the original

    @property
    def language(self) -> str:
        """BCP 47 tag, from the masthead it was written for."""
        return "ja" if self.places[0][0].endswith("-ja") else "en"

    def seen(self, version: int) -> list[Paragraph]:
        """What the readers of one version saw, in order."""
        return [p for p in self.paragraphs if p.is_in(version)]

    def words(self) -> int:
        """Words of the last version; for Japanese, characters divided by 2.5."""
        text = " ".join(p.text for p in self.seen(len(self.changes) + 1))
        if self.language == "ja":
            return int(len(re.sub(r"\s", "", text)) / 2.5)
        return len(text.split())


@dataclass(slots=True)
class _Draft:
    """A story while its lines are read."""

    slug: str
    source: str
    headers: dict[str, str] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)

    def wrong(self, problem: str) -> ContentError:
        return ContentError(f"{self.source}: {self.slug}: {problem}")


def duration(text: str) -> timedelta:
    """A span of time from `1d3h`, `45m` or `20s`.

    Raises:
        ValueError: the text is no such span.

    """
    match = _AGE.fullmatch(text)
    if not text or match is None:
        raise ValueError(f"{text!r} is no span of time. Write it as 2d4h, 45m or 20s.")
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def read_stories(text: str, *, source: str) -> list[DemoStory]:
    """Every story of one file, in its order.

    Raises:
        ContentError: a line or value that means nothing; names the file and the story.

    """
    return [_story(draft) for draft in sections(text, source=source)]


def sections(text: str, *, source: str) -> list[_Draft]:
    """The file cut into stories: header lines and body lines of each."""
    drafts: list[_Draft] = []
    for line in text.splitlines():
        if line.startswith("# "):
            drafts.append(_Draft(line[2:].strip(), source))
        elif drafts:
            _take_line(drafts[-1], line)
    return drafts


def _take_line(draft: _Draft, line: str) -> None:
    match = None if draft.body else _HEADER.fullmatch(line)
    if match is None:
        draft.body.append(line)
    elif match[1] == "then":
        draft.changes.append(match[2].strip())
    else:
        draft.headers[match[1]] = match[2].strip()


def _headers(draft: _Draft) -> dict[str, str]:
    told = draft.headers
    if unknown := set(told) - _NAMES:
        raise draft.wrong(f"there is no header {', '.join(sorted(unknown))}.")
    if missing := {"headline", "in", "ago"} - set(told):
        raise draft.wrong(f"it has no {', '.join(sorted(missing))}.")
    return told


def _story(draft: _Draft) -> DemoStory:
    told = _headers(draft)
    try:
        state, after, note = _state(told.get("state", "public"))
        changes = tuple(_change(one) for one in draft.changes)
        ago = duration(told["ago"])
    except ValueError as error:
        raise draft.wrong(str(error)) from error
    return DemoStory(
        slug=draft.slug,
        headline=told["headline"],
        first_headline=told.get("headline.1", told["headline"]),
        places=_places(draft, told["in"]),
        ago=ago,
        paragraphs=tuple(paragraphs(draft.body)),
        short=told.get("short", ""),
        standfirst=told.get("standfirst", ""),
        changes=changes,
        people=tuple(_listed(told.get("by", ""))),
        byline=told.get("byline", ""),
        dateline=told.get("dateline", ""),
        kind=told.get("kind", "wire" if "from" in told else "article"),
        provider=told.get("from", ""),
        format=told.get("format", ""),
        urgency=int(told.get("urgency", "5")),
        topics=tuple(_listed(told.get("topics", ""))),
        pictures=tuple(_listed(told.get("picture", ""))),
        caption=told.get("caption", ""),
        credit=told.get("credit", ""),
        sensitive=told.get("sensitive") == "yes",
        pin=int(told["pin"]) if "pin" in told else None,
        copyright=told.get("copyright", ""),
        state=state,
        state_after=after,
        state_note=note,
        translated=tuple(_listed(told.get("translated", ""))),
    )


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _places(draft: _Draft, text: str) -> tuple[tuple[str, str], ...]:
    """`musashi/world, kinako/food`: the first is canonical, each masthead at most once."""
    found: dict[str, str] = {}
    for one in _listed(text):
        masthead, slash, section = one.partition("/")
        if not slash:
            raise draft.wrong(f"{one!r} is no place. Write masthead/section.")
        if masthead in found:
            raise draft.wrong(f"it is placed on {masthead} twice.")
        found[masthead] = section
    return tuple(found.items())


def _change(text: str) -> Change:
    """Read `45m update` or `2h correction | What was wrong, what is right.` as typed."""
    first, _, note = text.partition("|")
    after, _, kind = first.strip().partition(" ")
    if kind not in {"update", "correction", "clarification"}:
        raise ValueError(f"{kind!r} is no change: update, correction, clarification.")
    return Change(duration(after), kind, note.strip())


def _state(text: str) -> tuple[str, timedelta, str]:
    """`draft`, `embargo 20h` (from the seeding on) or `kill 1h | reason` (after publishing)."""
    first, _, note = text.partition("|")
    state, _, after = first.strip().partition(" ")
    if state not in {"public", "draft", "schedule", "embargo", "kill", "withdraw"}:
        raise ValueError(f"{state!r} is no state of a story.")
    return state, duration(after) if after else timedelta(), note.strip()


SIGNS = (
    *(("## ", "heading"), ("> ", "quote"), ("!!", "gallery"), ("!", "picture")),
    (":::", "factbox"),
)


def paragraphs(lines: Iterable[str]) -> list[Paragraph]:
    """Blocks of a body, in order: apart by empty lines, a factbox from `:::` to `:::`."""
    found = re.split(r"\n\s*\n", "\n".join(lines).strip())
    return [_paragraph(block) for block in found if block.strip()]


def _paragraph(block: str) -> Paragraph:
    mark = _MARK.match(block)
    since, until = (int(mark[1] or 1), int(mark[2] or 0)) if mark else (1, 0)
    text = block[mark.end() :] if mark else block
    for sign, kind in SIGNS:
        if text.startswith(sign):
            return Paragraph(
                kind, text.removeprefix(sign).removesuffix(":::").strip(), since, until
            )
    return Paragraph("text", text, since, until)
