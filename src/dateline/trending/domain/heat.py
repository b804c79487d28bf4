"""How much each story is read now: exact counters under forward decay, in memory.

A read is given its weight when it comes, `2 ** ((at - landmark) / half-life)`, and every weight is
divided by that of the present when somebody looks (Cormode et al., "Forward decay", ICDE 2009). So
nothing is aged in the background, and the result is the exact exponential one.
"""

import math
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from dateline.trending.domain.views import Kind, Seen, Source

FAST_S, SLOW_S = 3_600.0, 86_400.0  # half-lives
# A read each hour weighs the same in both: the counters are brought to reads an hour, then mixed.
FAST_SHARE, SLOW_SHARE = 0.7, 0.3
DAY_PART_S = 21_600.0  # one visitor counts once for a story in six hours
DAY_S = 86_400.0
PARTS = int(DAY_S / DAY_PART_S)
LEAST_VISITORS, LEAST_SOURCES = 3, 2
SOURCES = len(Source) + 1  # sources are numbered from 1
BLOCK = int(Source.BLOCK)
REMEMBERED = 1 << 20  # places for (visitor, story, day-part); the newest of two takes a place
AT_ONCE = 8_192  # events that are held twice
LANDMARK_LASTS_S = 96 * FAST_S  # a million times 2 ** 96 is well within a float of four bytes
FORGET_BELOW = 0.001  # reads an hour: what is left of a single read after ten days

# The arrays of a site, and how many numbers each holds for a story.
WIDTHS = {
    "fast": 1, "slow": 1, "fast_by": SOURCES, "slow_by": SOURCES, "readers": 1, "day": 1,
    "floor_day": 1, "first": 1, "second": 1, "visitors": 1, "kinds": 1,
}  # fmt: skip

YOUNG_S = 6 * FAST_S  # until then a counter with a half-life of an hour says too little

Slots = Mapping[tuple[int, int], int]
Moments = Mapping[tuple[int, int], float]


def block_weight(slot: int | None) -> float:
    """What a read counts that came from the block itself, by the story's slot there, from 1.

    Readers look at slot n about `n ** -0.7` as often as at the first one; a read weighs the
    inverse of that, brought to a quarter at most, so that a story is not read because it is listed
    and listed because it is read. None is a slot that nobody knows: it counts as the first.
    """
    return 0.25 * math.pow(min(max(slot or 1, 1), 12) / 12, 0.7)


@dataclass(slots=True)
class SiteHeat:
    """The counters of one site. A story's place in every array is `places[story]`."""

    places: dict[int, int] = field(default_factory=dict)
    fast: "array[float]" = field(default_factory=lambda: array("d"))
    slow: "array[float]" = field(default_factory=lambda: array("d"))
    fast_by: "array[float]" = field(default_factory=lambda: array("f"))  # SOURCES for each story
    slow_by: "array[float]" = field(default_factory=lambda: array("f"))
    readers: "array[int]" = field(default_factory=lambda: array("I"))  # of one UTC day
    day: "array[int]" = field(default_factory=lambda: array("i"))  # which day that is
    floor_day: "array[int]" = field(default_factory=lambda: array("i"))  # the last it was met on
    # Of that day, until the floor is met: two visitors, how many there were, bits of their sources.
    first: "array[int]" = field(default_factory=lambda: array("Q"))
    second: "array[int]" = field(default_factory=lambda: array("Q"))
    visitors: "array[int]" = field(default_factory=lambda: array("B"))
    kinds: "array[int]" = field(default_factory=lambda: array("H"))
    # When a story was published, where its first read came soon after.
    young: dict[int, float] = field(default_factory=dict)

    def make(self, story: int) -> int:
        """A place for a story that has none yet."""
        found = self.places[story] = len(self.places)
        self.fast.append(0.0)
        self.slow.append(0.0)
        self.fast_by.extend([0.0] * SOURCES)
        self.slow_by.extend([0.0] * SOURCES)
        for whole in (self.readers, self.first, self.second, self.visitors, self.kinds):
            whole.append(0)
        self.day.append(-1)
        self.floor_day.append(-1)
        return found

    def fold(self, reads: Iterable[Seen], *, landmark: float, listed: Slots) -> None:
        """Count reads of this site, weighed from `landmark` on; `listed` as for `Heat.fold`.

        Everything that the loop needs is at hand: it runs a thousand times in a millisecond.
        """
        places, make, exp2, from_block = self.places, self.make, math.exp2, Source.BLOCK
        fast, slow, fast_by, slow_by = self.fast, self.slow, self.fast_by, self.slow_by
        days, floor_days, readers = self.day, self.floor_day, self.readers
        day, begins, ends = 0, 0.0, 0.0
        for at, site, story, _, visitor, source, _, _ in reads:
            if not begins <= at < ends:
                day = int(at // DAY_S)
                begins, ends = day * DAY_S, (day + 1) * DAY_S
            since = at - landmark
            quick, long = exp2(since / FAST_S), exp2(since / SLOW_S)
            if source is from_block:
                weight = block_weight(listed.get((site, story)))
                quick, long = quick * weight, long * weight
            place = places[story] if story in places else make(story)
            own = place * SOURCES + source
            fast[place] += quick
            slow[place] += long
            fast_by[own] += quick
            slow_by[own] += long
            if days[place] != day:
                self._begin_day(place, day)
            readers[place] += 1
            if floor_days[place] != day and source is not from_block:
                self._test_floor(place, visitor, source, day)

    def _begin_day(self, place: int, day: int) -> None:
        self.day[place] = day
        for whole in (self.readers, self.first, self.second, self.visitors, self.kinds):
            whole[place] = 0

    def _test_floor(self, place: int, visitor: int, source: int, day: int) -> None:
        """See whether enough visitors from enough kinds of places came on this day."""
        self.kinds[place] |= 1 << source
        if self.visitors[place] < LEAST_VISITORS:
            self._note_visitor(place, visitor)
        enough = self.visitors[place] >= LEAST_VISITORS
        if enough and self.kinds[place].bit_count() >= LEAST_SOURCES:
            self.floor_day[place] = day

    def _note_visitor(self, place: int, visitor: int) -> None:
        """Count one of the first three visitors of the day, unless it is one of the first two."""
        count = self.visitors[place]
        known = (self.first[place], self.second[place])[:count]
        if visitor in known:
            return
        if count < len((self.first, self.second)):
            (self.first, self.second)[count][place] = visitor
        self.visitors[place] = count + 1

    def scale(self, fast: float, slow: float) -> None:
        """Multiply every weight, because the landmark moved."""
        self.fast = array("d", [value * fast for value in self.fast])
        self.fast_by = array("f", [value * fast for value in self.fast_by])
        self.slow = array("d", [value * slow for value in self.slow])
        self.slow_by = array("f", [value * slow for value in self.slow_by])

    def only(self, stories: Iterable[int]) -> "SiteHeat":
        """A copy that has forgotten every story but these."""
        kept = SiteHeat()
        for story in stories:
            was, now = self.places[story], kept.make(story)
            if story in self.young:
                kept.young[story] = self.young[story]
            for name, width in WIDTHS.items():
                part = getattr(self, name)[was * width : (was + 1) * width]
                getattr(kept, name)[now * width : (now + 1) * width] = part
        return kept


@dataclass(slots=True)
class Heat:
    """The counters of every site. `landmark` and all moments are seconds since 1970 UTC."""

    landmark: float
    sites: dict[int, SiteHeat] = field(default_factory=dict)
    remembered: "array[int]" = field(default_factory=lambda: array("i", bytes(4 * REMEMBERED)))
    # (host, story) -> [times its exploring slot was in view, clicks on it]
    trials: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    def publish(self, moments: Moments) -> None:
        """Note when stories were published, by (site, story), before their first reads are folded.

        What is older than six hours by then needs no note.
        """
        for (site, story), at in moments.items():
            self.sites.setdefault(site, SiteHeat()).young[story] = at

    def fold(self, events: Iterable[Seen], *, slots: Slots | None = None) -> int:
        """Add events of known stories; return how many counted.

        Only an engaged view counts (READ), and one visitor once for a story in a day-part. `slots`
        says where the blocks show a story now, by (site, story): views from there are discounted.
        """
        counted, rest = 0, iter(events)
        while some := list(islice(rest, AT_ONCE)):
            for site, reads in self._first_reads(some).items():
                own = self.sites.setdefault(site, SiteHeat())
                own.fold(reads, landmark=self.landmark, listed=slots or {})
                counted += len(reads)
        return counted

    def _first_reads(self, events: Iterable[Seen]) -> dict[int, list[Seen]]:
        """Reads by site: the first of each visitor and story in its day-part."""
        new: dict[int, list[Seen]] = {}
        remembered, read, places = self.remembered, Kind.READ, REMEMBERED
        part, begins, ends, newest = 0, 0.0, 0.0, self.landmark
        for event in events:
            at, site, story, kind, visitor, _, _, _ = event
            if kind is not read:
                continue
            if not begins <= at < ends:
                part = int(at // DAY_PART_S)
                begins, ends = part * DAY_PART_S, (part + 1) * DAY_PART_S
                newest = max(newest, at)
            mark = hash((visitor, site, story, part))  # of numbers: always the same
            where, finger = mark % places, mark >> 32 | 1
            if remembered[where] == finger:
                continue
            remembered[where] = finger
            if site in new:
                new[site].append(event)
            else:
                new[site] = [event]
        if newest - self.landmark > LANDMARK_LASTS_S:
            self.move_landmark(newest)
        return new

    def try_out(self, events: Iterable[Seen], exploring: Mapping[int, int]) -> None:
        """Count how the exploring slots fare: `exploring` is the story in each host's slot.

        A reader who came to the end of a text had the block below it in view. Both a view and a
        click are told by the host's own page.
        """
        for event in events:
            key = (event.site, exploring.get(event.site, -1))
            if event.kind is Kind.DEPTH and key[1] >= 0:
                self.trials.setdefault(key, [0, 0])[0] += 1
            elif event.kind is Kind.CLICK and event.story == key[1]:
                self.trials.setdefault(key, [0, 0])[1] += 1

    def rates(self, now: float) -> tuple[float, float]:
        """What brings a fast and a slow counter to reads an hour, mixed by their shares."""
        since = now - self.landmark
        per_hour = math.log(2) * 3_600.0
        return (
            FAST_SHARE * per_hour / FAST_S / math.exp2(since / FAST_S),
            SLOW_SHARE * per_hour / SLOW_S / math.exp2(since / SLOW_S),
        )

    def move_landmark(self, to: float) -> None:
        """Count from another moment on; every result stays what it is."""
        fast, slow = (math.exp2((self.landmark - to) / half) for half in (FAST_S, SLOW_S))
        for site in self.sites.values():
            site.scale(fast, slow)
        self.landmark = to

    def forget(self, now: float) -> int:
        """Drop stories that are hardly read any more; return how many."""
        dropped = 0
        fast, slow = self.rates(now)
        read = {story for site in self.sites.values() for story in site.places}
        self.trials = {key: value for key, value in self.trials.items() if key[1] in read}
        for number, site in list(self.sites.items()):
            site.young = {n: at for n, at in site.young.items() if now - at < YOUNG_S}
            kept = [
                story
                for story, n in site.places.items()
                if site.fast[n] * fast + site.slow[n] * slow >= FORGET_BELOW
            ]
            if len(kept) < len(site.places):
                dropped += len(site.places) - len(kept)
                self.sites[number] = site.only(kept)
        return dropped
