"""What editors see live: who reads each story now, and what it did today. Exact, and bounded.

A story's hours are those of the last day; its other figures begin at midnight on its own site.
"""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from dateline.trending.domain.heat import SOURCES
from dateline.trending.domain.views import Kind, Seen

NOW_S = 300.0  # a reader is here for five minutes after the last sign of life
HOUR_S, HOURS = 3_600.0, 24
MOST_STORIES = 16_384  # of all sites together; 5 MB
MOST_READERS = 65_536  # at one moment; 9 MB
READ, ENDED, LEFT, DEPTH, CLICKS = range(5)
FIGURES = 5
COUNTED = {Kind.READ: READ, Kind.DEPTH: ENDED, Kind.CLICK: CLICKS}


@dataclass(frozen=True, slots=True)
class Numbers:
    """One story on one site. Today's figures begin at the site's midnight.

    `now` are visitors of the last five minutes who have not left; `sources` how often the page was
    shown, by the numbers of `Source`; `read` for ten seconds; `ended` to the end of the text;
    `depth` how far those came who left, in percent; `clicks` on it in this site's block; `hours`
    its reads in each of the last 24 hours, the present one last.
    """

    story: int
    now: int
    sources: tuple[int, ...]
    read: int
    ended: int
    depth: int | None
    clicks: int
    hours: tuple[int, ...]

    @property
    def shown(self) -> int:
        """How often its page was shown today."""
        return sum(self.sources)


@dataclass(slots=True)
class Live:
    """The counters of every site. All moments are seconds since 1970 UTC.

    `left_out` counts events and readers that found no room: where it is not 0, figures are lower
    than what happened. A place holds SOURCES, HOURS and FIGURES numbers.
    """

    WIDTHS: ClassVar[dict[str, int]] = {"sources": SOURCES, "hours": HOURS, "figures": FIGURES}

    places: dict[tuple[int, int], int] = field(default_factory=dict)
    sources: "array[int]" = field(default_factory=lambda: array("Q"))
    hours: "array[int]" = field(default_factory=lambda: array("Q"))
    figures: "array[int]" = field(default_factory=lambda: array("Q"))
    here: dict[tuple[int, int], dict[int, float]] = field(default_factory=dict)
    days: dict[int, float] = field(default_factory=dict)  # by site: the midnight of its figures
    hour: int = 0  # hours since 1970: the newest of the ring
    readers: int = 0
    left_out: int = 0

    def turn(self, now: float, midnights: Mapping[int, float]) -> None:
        """Let go of readers who went quiet, of hours a day ago, and of yesterday's figures.

        `midnights` says when today began on each site.
        """
        for key, some in list(self.here.items()):
            kept = {who: at for who, at in some.items() if at > now - NOW_S}
            self.readers -= len(some) - len(kept)
            if kept:
                self.here[key] = kept
            else:
                del self.here[key]
        over = {site for site, began in midnights.items() if self.days.get(site) != began}
        self.days |= midnights
        if over:
            self._begin_day(over)
        self._move_on(int(now // HOUR_S))

    def fold(self, events: Iterable[Seen]) -> None:
        """Count events of known stories; a click is one on a block of its site."""
        for event in events:
            self._move_on(int(event.at // HOUR_S))
            place = self._place(event.site, event.story)
            if place is None:
                self.left_out += 1
                continue
            self._note_reader(event)
            hour = int(event.at // HOUR_S)
            if event.kind is Kind.READ and self.hour - hour < HOURS:
                self.hours[place * HOURS + hour % HOURS] += 1
            if event.at >= self.days.get(event.site, 0.0):
                self._count_today(event, place)

    def _count_today(self, event: Seen, place: int) -> None:
        if event.kind is Kind.SHOWN:
            self.sources[place * SOURCES + event.source] += 1
        elif event.kind is Kind.LEFT:
            self.figures[place * FIGURES + LEFT] += 1
            self.figures[place * FIGURES + DEPTH] += event.depth
        else:
            self.figures[place * FIGURES + COUNTED[event.kind]] += 1

    def numbers(self, site: int) -> list[Numbers]:
        """The stories of a site with figures of the last day, the most read now first."""
        found = [self._numbers(key, n) for key, n in self.places.items() if key[0] == site]
        return sorted(found, key=lambda one: (-one.now, -one.shown, -one.read, one.story))

    def reading(self, site: int) -> int:
        """How many visitors read something on a site now, each once."""
        return len({who for key, some in self.here.items() if key[0] == site for who in some})

    def _numbers(self, key: tuple[int, int], place: int) -> Numbers:
        figures = self.figures[place * FIGURES : (place + 1) * FIGURES]
        hours = self.hours[place * HOURS : (place + 1) * HOURS]
        oldest = (self.hour + 1) % HOURS
        return Numbers(
            story=key[1], now=len(self.here.get(key, ())),
            sources=tuple(self.sources[place * SOURCES : (place + 1) * SOURCES]),
            read=figures[READ], ended=figures[ENDED], clicks=figures[CLICKS],
            depth=round(figures[DEPTH] / figures[LEFT]) if figures[LEFT] else None,
            hours=(*hours[oldest:], *hours[:oldest]),
        )  # fmt: skip

    def _place(self, site: int, story: int) -> int | None:
        place = self.places.get((site, story))
        if place is None and len(self.places) < MOST_STORIES:
            place = self.places[site, story] = len(self.places)
            for name, width in self.WIDTHS.items():
                getattr(self, name).extend([0] * width)
        return place

    def _note_reader(self, event: Seen) -> None:
        """A sign of life of a reader on a story; one who left, or clicked elsewhere, gives none."""
        key = (event.site, event.story)
        some = self.here.get(key, {})
        if event.kind is Kind.LEFT:
            self.readers -= some.pop(event.visitor, None) is not None
        elif event.kind is not Kind.CLICK and event.at > self.hour * HOUR_S - NOW_S:
            if event.visitor not in some:
                if self.readers >= MOST_READERS:
                    self.left_out += 1
                    return
                self.readers += 1
            some[event.visitor] = max(event.at, some.get(event.visitor, 0.0))
            self.here[key] = some

    def _begin_day(self, sites: set[int]) -> None:
        for (site, _), place in self.places.items():
            if site in sites:
                for whole, width in ((self.sources, SOURCES), (self.figures, FIGURES)):
                    whole[place * width : (place + 1) * width] = array("Q", bytes(8 * width))

    def _move_on(self, hour: int) -> None:
        """Empty the hours that are over, and give up the places of stories that did nothing."""
        if hour <= self.hour:
            return
        for old in range(max(self.hour, hour - HOURS) + 1, hour + 1):
            for place in self.places.values():
                self.hours[place * HOURS + old % HOURS] = 0
        self.hour = hour
        kept = Live()
        for key, place in self.places.items():
            parts = {
                name: getattr(self, name)[place * width : (place + 1) * width]
                for name, width in self.WIDTHS.items()
            }
            if key in self.here or any(map(any, parts.values())):
                kept.places[key] = len(kept.places)
                for name, part in parts.items():
                    getattr(kept, name).extend(part)
        self.places = kept.places
        self.sources, self.hours, self.figures = kept.sources, kept.hours, kept.figures
        self.left_out = 0
