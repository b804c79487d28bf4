"""The script of the ticking wire: what the fictional agencies send, in which order, and when.

Written as the stories are (see `content`): `after` counts from the step before, `family` names the
step whose item this is a later version of.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dateline.demo.domain import copy, wording
from dateline.demo.domain.content import ContentError, duration, paragraphs, sections

FORMATS = {*copy.WRITERS, "picture", "broken"}
CUT_AT = 0.6  # how much of a broken file arrives
_NAMES = frozenset(
    {
        "after", "agency", "format", "family", "version", "status", "correction", "advisory",
        "embargo", "headline", "dateline", "urgency", "note", "picture", "caption",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One file the ticking wire sends, `after` the one before it."""

    name: str
    after: timedelta
    agency: str
    format: str
    family: str
    version: int = 1
    status: str = "usable"
    correction: bool = False
    advisory: bool = False
    embargo: timedelta | None = None
    headline: str = ""
    paragraphs: tuple[str, ...] = ()
    dateline: str = ""
    urgency: int = 5
    note: str = ""
    picture: str = ""
    caption: str = ""


def read_script(text: str, *, source: str) -> tuple[Step, ...]:
    """Every step in its order.

    Raises:
        ContentError: a header or value that means nothing; names the file and the step.

    """
    return tuple(
        _step(draft.slug, draft.headers, draft.body, source)
        for draft in sections(text, source=source)
    )


def _step(name: str, told: dict[str, str], body: list[str], source: str) -> Step:
    where = f"{source}: {name}: "
    if unknown := set(told) - _NAMES:
        raise ContentError(f"{where}there is no header {', '.join(sorted(unknown))}.")
    if missing := {"after", "agency", "format"} - set(told):
        raise ContentError(f"{where}it has no {', '.join(sorted(missing))}.")
    if told["format"] not in FORMATS:
        raise ContentError(f"{where}{told['format']!r} is no format.")
    try:
        return Step(
            name=name,
            after=duration(told["after"]),
            agency=told["agency"],
            format=told["format"],
            family=told.get("family", name),
            version=int(told.get("version", "1")),
            status=told.get("status", "usable"),
            correction=told.get("correction") == "yes",
            advisory=told.get("advisory") == "yes",
            embargo=duration(told["embargo"]) if "embargo" in told else None,
            headline=told.get("headline", ""),
            paragraphs=tuple(p.text for p in paragraphs(body)),
            dateline=told.get("dateline", ""),
            urgency=int(told.get("urgency", "5")),
            note=told.get("note", ""),
            picture=told.get("picture", ""),
            caption=told.get("caption", ""),
        )
    except ValueError as error:
        raise ContentError(f"{where}{error}") from error


def family_of(step: Step, run: str) -> str:
    """The persistent id of a step's item; `run` keeps one turn of the script from the next."""
    return f"urn:newsml:{step.agency}.example:{run}:{step.family}"


def document(step: Step, *, agency: str, run: str, at: datetime, local: datetime) -> bytes:
    """The bytes of one text file, sent at `at` (aware UTC); `local` is the same moment in Tokyo."""
    ready = wording.told(at=local, language="en")
    written = copy.AgencyCopy(
        agency=agency,
        family=family_of(step, run),
        version=step.version,
        at=at.replace(microsecond=0),
        first_at=at.replace(microsecond=0),
        headline=ready(step.headline),
        paragraphs=tuple(ready(p) for p in step.paragraphs),
        dateline=step.dateline,
        slugline=step.family.upper(),
        copyright=f"© {local.year} {agency}",
        urgency=step.urgency,
        status=step.status,
        embargo_until=(at + step.embargo).replace(microsecond=0) if step.embargo else None,
        correction=step.correction,
        advisory=step.advisory,
        note=step.note,
    )
    if step.format == "broken":
        whole = copy.newsml(written)
        return whole[: int(len(whole) * CUT_AT)]
    return copy.WRITERS[step.format](written)


def file_name(step: Step, run: str) -> str:
    """The name under which a step's file is sent."""
    endings = {**copy.SUFFIXES, "picture": "jpg", "broken": "xml"}
    return f"{run}-{step.name}.{endings[step.format]}"
