"""The ticking wire: fictional agencies that put files into the intake, one every half minute."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from dateline import clock
from dateline.demo import adapters
from dateline.demo.domain import script, wording
from dateline.demo.services.network import PROVIDERS
from dateline.media.domain.embed import Credits, embed_metadata

ZONE = ZoneInfo("Asia/Tokyo")
SLEPT = timedelta(minutes=5)  # after a longer stop the script goes on from now, without a burst


@cache
def steps() -> tuple[script.Step, ...]:
    """The script, read once."""
    return script.read_script(adapters.text_of("wire.md"), source="wire.md")


def tick(*, at: datetime | None = None) -> bool:
    """Send what is due of the script and say whether there was anything; at most one file a call.

    Does nothing where the data folder holds no demo. Where the script has got to is kept in the
    marker file, so that it goes on after a restart and begins again, with new ids, at its end.
    """
    at = at or clock.now()
    marker = adapters.read_marker()
    if marker is None or "seeded_at" not in marker:
        return False
    place = int(marker.get("step", 0))
    step = steps()[place % len(steps())]
    due = _due(marker, step, at)
    if at < due:
        if marker.get("next_at") != due.isoformat():
            adapters.write_marker({**marker, "next_at": due.isoformat()})
        return False
    run = _run(marker, place, at)
    _send(step, run=run, at=at)
    following = steps()[(place + 1) % len(steps())]
    adapters.write_marker(
        {**marker, "step": place + 1, "run": run, "next_at": (at + following.after).isoformat()}
    )
    return True


def _due(marker: dict[str, Any], step: script.Step, at: datetime) -> datetime:
    """When the next file is to be sent; a wire that stood still does not catch up."""
    said = marker.get("next_at")
    due = datetime.fromisoformat(said) if said else at + step.after
    return due if at - due < SLEPT else at


def _run(marker: dict[str, Any], place: int, at: datetime) -> str:
    """The name of this turn of the script, from the moment at which it began."""
    if place % len(steps()) and "run" in marker:
        return str(marker["run"])
    return f"{at:%Y%m%dT%H%M%S}"


def _send(step: script.Step, *, run: str, at: datetime) -> None:
    """Write under another name, then rename: whoever watches never sees half a file."""
    folder = Path(settings.DATELINE_INTAKE_DIR) / step.agency
    folder.mkdir(parents=True, exist_ok=True)
    name = script.file_name(step, run)
    unfinished = folder / f".{name}.part"
    unfinished.write_bytes(_bytes(step, run=run, at=at))
    unfinished.rename(folder / name)


def _bytes(step: script.Step, *, run: str, at: datetime) -> bytes:
    agency = PROVIDERS[step.agency][0]
    local = at.astimezone(ZONE)
    if step.format != "picture":
        return script.document(step, agency=agency, run=run, at=at, local=local)
    drawing = adapters.pictures()[step.picture]
    ready = wording.told(at=local, language="en")
    facts = Credits(
        headline=ready(step.headline),
        caption=ready(step.caption),
        alt_text=str(drawing.facts["alt"]),
        byline=str(drawing.facts["byline"]),
        credit=PROVIDERS[step.agency][1],
        source=agency,
        copyright_notice=f"© {local.year} {agency}",
        digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation",
        guid=script.family_of(step, run),
    )
    return embed_metadata(drawing.data(), facts, source=step.picture)
