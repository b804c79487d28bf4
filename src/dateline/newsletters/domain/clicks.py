"""Which links of letters people followed, and which were followed by programs that read mail."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

COPY = "newsletters.copy"  # what the second half of a link is signed for
PATH = "/l/"
NAME_BYTES = 15  # 120 random bits: nobody guesses a link, and no key has to be kept for it
NAME = 20  # characters of them
SLICE_S = 10  # one link of one copy counts once in so long, however often it is followed
TOO_SOON = timedelta(seconds=10)  # nobody gets a mail, reads it and follows a link as fast
BURST = timedelta(seconds=5)
MANY = 4  # links of one copy in one burst are opened by no hand
NEAR = timedelta(seconds=60)  # what a program does before and after it followed the hidden link
SETTLE = NEAR + BURST  # then nothing can come that tells more of a click
KEEP = timedelta(days=2)  # then nothing says any more which copy a click was of


class Kind(StrEnum):
    """What a link of a letter leads to."""

    STORY = "story"
    JOB = "job"
    OFFER = "offer"
    ONLINE = "online"  # the letter's own page in the archive
    ARCHIVE = "archive"
    FRONT = "front"
    HIDDEN = "hidden"  # no person sees it


class Worth(StrEnum):
    """What is known of a request for a link before anything else is."""

    NOTHING = "nothing"  # it says nothing of any reader, or its reader does not want to be counted
    MACHINE = "machine"
    PERHAPS = "perhaps"  # a person, unless what else its copy does speaks against it


class Verdict(StrEnum):
    """What a click was."""

    OPEN = ""
    PERSON = "person"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Touch:
    """One following of a link. `copy` tells copies of a letter apart and says not whose they are.

    `is_known` says that a program did it, whatever else happened. `at` is aware UTC.
    """

    link: int
    copy: str
    at: datetime
    is_hidden: bool = False
    is_known: bool = False


def worth_of(method: str, fields: Mapping[str, str], *, is_bot: bool) -> Worth:
    """Say what a request is worth by its method and head; names of `fields` are in lower case.

    HEAD and fetching ahead are no following of a link. Global Privacy Control and Do Not Track are
    heeded. `is_bot` is what the list of robots says. Browsers say which languages they read (RFC
    9110, 12.5.4); programs that look at mail rarely do.
    """
    ahead = any("prefetch" in fields.get(name, "") for name in ("sec-purpose", "purpose", "x-moz"))
    asked_not_to = "1" in {fields.get("sec-gpc"), fields.get("dnt")}
    if method != "GET" or ahead or asked_not_to:
        return Worth.NOTHING
    return Worth.MACHINE if is_bot or not fields.get("accept-language") else Worth.PERHAPS


def slice_of(at: datetime) -> int:
    """Which ten seconds since 1970 a moment (aware) is in."""
    return int(at.timestamp()) // SLICE_S


def is_too_soon(at: datetime, went_at: datetime | None) -> bool:
    """Whether a link was followed before anybody can have read its mail; both aware UTC.

    Where nobody knows when the mail left it is not.
    """
    return went_at is not None and at < went_at + TOO_SOON


def verdicts(touches: Sequence[Touch], *, links: int) -> list[Verdict]:
    """Judge each following of a letter's links by all that is known of its copy, in their order.

    `links` is how many links the letter has. A program is who is known to be one; who followed the
    hidden link within a minute; who followed four links of a copy, or all there are, within five
    seconds. What one copy does says nothing of another, and nothing of the same one hours later.
    """
    by_copy: dict[str, list[int]] = defaultdict(list)
    for place, touch in enumerate(touches):
        by_copy[touch.copy].append(place)
    found = [Verdict.PERSON] * len(touches)
    for places in by_copy.values():
        for place in _by_machines(touches, places, many=max(2, min(MANY, links))):
            found[place] = Verdict.MACHINE
    return found


def _by_machines(touches: Sequence[Touch], places: list[int], *, many: int) -> Iterable[int]:
    ordered = sorted(places, key=lambda place: touches[place].at)
    moments = [touches[place].at for place in ordered]
    machines = {place for place in ordered if touches[place].is_known or touches[place].is_hidden}
    for place in ordered:
        at = touches[place].at
        if touches[place].is_hidden:
            near = slice(bisect_left(moments, at - NEAR), bisect_right(moments, at + NEAR))
            machines.update(ordered[near])
        burst = ordered[bisect_left(moments, at) : bisect_right(moments, at + BURST)]
        if len({touches[one].link for one in burst}) >= many:
            machines.update(burst)
    return machines
