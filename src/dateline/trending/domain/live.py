"""What editors see live: who reads each story now, and what it did today. Exact, and bounded.

A story's hours are those of the last day; its other figures begin at midnight on its own site.
"""

from array import array
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from dateline.trending.domain.heat import SOURCES
from dateline.trending.domain.views import Kind, Seen

NOW_S = 300.0  # a reader is here for five minutes after the last sign of life
HOUR_S, HOURS = 3_600.0, 24
MOST_STORIES = 16_384  # of all sites together; 5 MB
MOST_READERS = 65_536  # at one moment; 9 MB
IS_SHOWN, IS_READ, HAS_LEFT, IS_CLICK = Kind.SHOWN, Kind.READ, Kind.LEFT, Kind.CLICK
# Figures of a story: how many events of each kind, by its number, and the sum of depths.
DEPTH = 0
READ, ENDED, LEFT, CLICKS = int(Kind.READ), int(Kind.DEPTH), int(Kind.LEFT), int(Kind.CLICK)
FIGURES = CLICKS + 1  # headlines on trial are counted elsewhere


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
        quiet = now - NOW_S
        for key, some in list(self.here.items()):
            gone = [who for who, at in some.items() if at <= quiet]
            self.readers -= len(gone)
            for who in gone:
                del some[who]
            if not some:
                del self.here[key]
        over = {site for site, began in midnights.items() if self.days.get(site) != began}
        self.days |= midnights
        if over:
            self._begin_day(over)
        self._move_on(int(now // HOUR_S))

    def fold(self, events: Iterable[Seen]) -> None:
        """Count events of known stories, the oldest first; a click is one on a block of its site.

        An hour begins with the newest of them.
        """
        by_story: dict[tuple[int, int], list[Seen]] = {}
        newest = 0.0
        for event in events:
            key = (event[1], event[2])
            if key in by_story:
                by_story[key].append(event)
            else:
                by_story[key] = [event]
            newest = event[0]
        self._move_on(int(newest // HOUR_S))
        for key, some in by_story.items():
            place = self._place(key)
            if place is None:
                self.left_out += len(some)
            else:
                self._count(place, some, since=self.days.get(key[0], 0.0))
                self._note_readers(key, some)

    def _count(self, place: int, events: Iterable[Seen], *, since: float) -> None:
        """Count events of the story in this place; its day began at `since`."""
        hours, first = self.hours, (self.hour - HOURS + 1) * HOUR_S
        figures, sources = self.figures, self.sources
        of_hours, of_figures, of_sources = place * HOURS, place * FIGURES, place * SOURCES
        for at, _, _, kind, _, source, _, depth in events:
            if kind is IS_READ and at >= first:
                hours[of_hours + int(at // HOUR_S) % HOURS] += 1
            if at < since:
                continue
            figures[of_figures + kind] += 1
            if kind is IS_SHOWN:
                sources[of_sources + source] += 1
            elif kind is HAS_LEFT:
                figures[of_figures + DEPTH] += depth

    def _note_readers(self, key: tuple[int, int], events: Iterable[Seen]) -> None:
        """Signs of life of readers on a story; who left, or clicked elsewhere, gives none."""
        here, quiet = self.here.get(key, {}), self.hour * HOUR_S - NOW_S
        for at, _, _, kind, visitor, _, _, _ in events:
            seen = here.get(visitor)
            if kind is HAS_LEFT:
                if seen is not None:
                    del here[visitor]
                    self.readers -= 1
            elif kind is IS_CLICK or at <= quiet:
                continue
            elif seen is not None:
                here[visitor] = max(at, seen)
            elif self.readers < MOST_READERS:
                here[visitor] = at
                self.readers += 1
            else:
                self.left_out += 1
        if here:
            self.here[key] = here

    def numbers(
        self, site: int, *, most: int = MOST_STORIES, also: Container[int] = ()
    ) -> list[Numbers]:
        """The stories of a site with figures of the last day: `most` of them, and those of `also`.

        Those that most read now come first, then those that were read most today.
        """
        found = sorted(
            (-len(self.here.get(key, ())), -self.figures[place * FIGURES + READ], key[1], place)
            for key, place in self.places.items()
            if key[0] == site
        )
        return [
            self._numbers((site, story), place)
            for n, (_, _, story, place) in enumerate(found)
            if n < most or story in also
        ]

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

    def _place(self, key: tuple[int, int]) -> int | None:
        place = self.places.get(key)
        if place is None and len(self.places) < MOST_STORIES:
            place = self.places[key] = len(self.places)
            for name, width in self.WIDTHS.items():
                getattr(self, name).extend([0] * width)
        return place

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
