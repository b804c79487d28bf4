"""Fold what was read into the counters, and rank: the worker does both every ten seconds.

The counters live in this process and in a snapshot with the journal's position: a worker that was
killed, or one that takes over, goes on from there and reads the rest of the journal again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

from django.conf import settings

from dateline import clock
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.stories.domain.gate import Use
from dateline.stories.queries import reading as stories
from dateline.trending import models
from dateline.trending.adapters import snapshot
from dateline.trending.adapters.journal import Journal
from dateline.trending.domain.baseline import Standing, standings
from dateline.trending.domain.headlines import Running, Tally
from dateline.trending.domain.heat import Heat
from dateline.trending.domain.live import Live
from dateline.trending.domain.rank import (
    SLOTS,
    Candidate,
    Listed,
    ListKind,
    Reason,
    Rule,
    RuleKind,
    listed,
    rank,
)
from dateline.trending.domain.views import Kind, Seen
from dateline.trending.queries.eligible import for_host, open_rows
from dateline.trending.queries.headlines import running
from dateline.trending.services import headlines, live_numbers

JOURNAL, SNAPSHOT = "beacons", "trending/heat"  # below the data folder
SAVE_S, FORGET_S = 30.0, 3_600.0
PAGES_S = 60.0  # how often a list that moves has all pages of its site drawn again
AT_ONCE = 40  # readings of the journal in one turn: ten million events
NEWEST_OF_EACH = 24
OWN_LIST = 20  # most read and rising of a site
BLOCK = ListKind.BLOCK


@dataclass(slots=True)
class Counting:
    """The counters in this process, and what it remembers beside them. Seconds since 1970 UTC."""

    path: Path
    journal: Journal
    heat: Heat
    live: Live
    tally: Tally
    position: dict[str, int]
    written: int = 0  # the snapshot that the counters agree with, by its time of change
    saved_at: float = 0.0
    forgot_at: float = 0.0
    saved: dict[str, int] = field(default_factory=dict)  # the position in that snapshot
    told_at: dict[int, float] = field(default_factory=dict)  # by masthead: its pages were purged
    waiting: set[int] = field(default_factory=set)  # mastheads whose pages show an older list
    obeyed: dict[int, list[Rule]] = field(default_factory=dict)  # by masthead: rules last time


_kept: dict[Path, Counting] = {}


def fold_and_rank(*, at: datetime | None = None, chance: Random | None = None) -> int:
    """Read the journal to its end, rank for every masthead; return how many reads counted.

    `at` is aware UTC. Lists that changed are stored; pages that show one are drawn again, softly.
    """
    now = at or clock.now()
    counting = _counting(now.timestamp())
    sites = mastheads.all_mastheads()
    live_numbers.begin(counting.live, sites, at=now)
    on_trial = running()
    counted = _fold(counting, on_trial, now.timestamp())
    headlines.follow(counting.tally, list(on_trial.values()), at=now)
    live_numbers.publish(counting.live, sites, at=now)
    found = standings(counting.heat, now.timestamp())
    _rank_all(counting, found, sites, at=now, chance=chance or SystemRandom())
    _keep(counting, now.timestamp())
    return counted


def take_in(events: Sequence[Seen]) -> None:
    """Put events into the journal, as a front does: for a demo, or from another collector.

    Raises:
        OSError: the folder cannot be written.

    """
    journal = Journal(Path(settings.DATELINE_DATA_DIR) / JOURNAL)
    journal.append(events)
    journal.close()


def forget_process() -> None:
    """Drop what this process holds, as a kill does; the next turn begins from the snapshot."""
    _kept.clear()


def _counting(now: float) -> Counting:
    """The counters, from the snapshot where another worker has written a newer one."""
    folder = Path(settings.DATELINE_DATA_DIR)
    path = folder / SNAPSHOT
    kept, written = _kept.get(folder), _changed_at(path)
    if kept is None or kept.written != written:
        saved = snapshot.load(path) or snapshot.Saved(Heat(landmark=now), {})
        kept = _kept[folder] = Counting(
            path, Journal(folder / JOURNAL), saved.heat, saved.live, saved.tally, saved.position,
            written, saved=dict(saved.position), saved_at=now, forgot_at=now,
        )  # fmt: skip
    return kept


def _changed_at(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


def _fold(counting: Counting, on_trial: Mapping[tuple[int, int], Running], now: float) -> int:
    slots, exploring, in_blocks = _shown_now()
    counted, unknown = 0, set[tuple[int, int]]()
    for _ in range(AT_ONCE):
        events, counting.position = counting.journal.read_from(counting.position)
        if not events:
            break
        of_pages = _without_headlines(counting.tally, on_trial, events, now)
        good = _known(counting, unknown, of_pages)
        counted += counting.heat.fold(good, slots=slots)
        counting.heat.try_out(good, exploring)
        counting.live.fold(_for_the_desk(good, unknown, in_blocks))
    return counted


def _without_headlines(
    tally: Tally,
    on_trial: Mapping[tuple[int, int], Running],
    events: Sequence[Seen],
    now: float,
) -> list[Seen]:
    """Events of pages, once those of headlines on trial are counted; none from the future."""
    possible = [event for event in events if event.at <= now + 60]
    of_headlines = [event for event in possible if event.kind > Kind.CLICK]
    if not of_headlines:
        return possible
    tally.fold(sorted(of_headlines), on_trial)
    return [event for event in possible if event.kind <= Kind.CLICK]


def _for_the_desk(
    events: Sequence[Seen], unknown: set[tuple[int, int]], in_blocks: set[tuple[int, int]]
) -> list[Seen]:
    """Clicks on what stands in a block, and whatever else was told of stories that there are.

    The oldest first, whichever front told it: who left must not seem to have come after.
    """
    return sorted(
        event
        for event in events
        if (
            (event.site, event.story) in in_blocks
            if event.kind is Kind.CLICK
            else (event.site, event.story) not in unknown
        )
    )


def _shown_now() -> tuple[dict[tuple[int, int], int], dict[int, int], set[tuple[int, int]]]:
    """Where the blocks show each story now, by (site, story); and each host's exploring story.

    The last are (host, story) of everything in a block.
    """
    slots: dict[tuple[int, int], int] = {}
    in_blocks: set[tuple[int, int]] = set()
    exploring: dict[int, int] = {}
    for row in models.RankedList.objects.filter(kind=BLOCK):
        in_blocks |= {(row.masthead_id, item["story"]) for item in row.items}
        for slot, item in enumerate(row.items[:SLOTS], start=1):
            key = (item["site"], item["story"])
            slots[key] = min(slot, slots.get(key, SLOTS))
            if item["reason"] == Reason.TRIED:
                exploring[row.masthead_id] = item["story"]
    return slots, exploring, in_blocks


def _known(counting: Counting, unknown: set[tuple[int, int]], events: Sequence[Seen]) -> list[Seen]:
    """Events of stories that stand on their site; a click is told by another one's page.

    What is found to be none is added to `unknown`; the counters are told when one was published.
    """
    sites, live = counting.heat.sites, counting.live.places
    told, read = set[tuple[int, int]](), set[tuple[int, int]]()
    for event in events:
        if event.kind is not Kind.CLICK:
            (read if event.kind is Kind.READ else told).add((event.site, event.story))
    asked = {
        key
        for key in (read | (told - live.keys())) - unknown
        if key[0] not in sites or key[1] not in sites[key[0]].places
    }
    placed = _placed({story for _, story in asked})
    counting.heat.publish({key: placed[key] for key in asked & read & placed.keys()})
    unknown |= asked - placed.keys()
    return [
        event
        for event in events
        if event.kind is not Kind.READ or (event.site, event.story) not in unknown
    ]


def _placed(numbers: set[int]) -> dict[tuple[int, int], float]:
    """Every open placement among these stories, by (masthead, story): when it was published."""
    ids = [number for number in numbers if 0 < number < 2**63]
    found: dict[tuple[int, int], float] = {}
    for first in range(0, len(ids), 500):
        part = stories.open_placements(use=Use.WEB, at=clock.now()).filter(
            story_id__in=ids[first : first + 500]
        )
        for masthead, story, at in part.values_list("masthead_id", "story_id", "published_at"):
            found[masthead, story] = at.timestamp() if at else 0.0
    return found


def _rank_all(
    counting: Counting,
    found: Sequence[Standing],
    sites: Sequence[Site],
    *,
    at: datetime,
    chance: Random,
) -> None:
    rules = _rules(at)
    ruled = {rule.story for some in rules.values() for rule in some}
    rows = _candidates({one.story for one in found} | ruled, sites, at=at)
    hot = {(one.site, one.story): one for one in found}
    languages = {site.id: site.language for site in sites}
    stored = {(row.masthead_id, row.kind): row for row in models.RankedList.objects.all()}
    for site in sites:
        trials = {
            story: (views, clicks)
            for (host, story), (views, clicks) in counting.heat.trials.items()
            if host == site.id
        }
        block = rank(
            [
                _candidate(row, hot, site, languages, at=at)
                for row in for_host(site, sites, rows, at=at)
            ],
            host=site.id, rules=rules.get(site.id, ()), trials=trials, at=at, chance=chance,
        )  # fmt: skip
        before = stored.get((site.id, BLOCK.value))
        changed = _store(site.id, BLOCK, block, before, at=at)
        own = _own(site, rows, hot)
        for kind, items in own.items():
            changed |= _store(site.id, kind, items, stored.get((site.id, kind.value)), at=at)
        steered = counting.obeyed.get(site.id, []) != rules.get(site.id, [])
        counting.obeyed[site.id] = rules.get(site.id, [])
        _tell(counting, site.id, changed=changed, at_once=steered, now=at.timestamp())


def _candidates(ids: set[int], sites: Sequence[Site], *, at: datetime) -> list[Any]:
    """Open placements of these stories and of the newest of each site, each once."""
    everything = open_rows(at=at)
    rows = {row.pk: row for row in everything.filter(story_id__in=ids)}
    for site in sites:
        newest = everything.filter(masthead_id=site.id).order_by("-published_at", "-id")
        rows |= {row.pk: row for row in newest[:NEWEST_OF_EACH]}
    return [rows[pk] for pk in sorted(rows)]


def _candidate(
    row: Any,
    hot: Mapping[tuple[int, int], Standing],
    host: Site,
    languages: Mapping[int, str],
    *,
    at: datetime,
) -> Candidate:
    return Candidate(
        placement=row.pk,
        story=row.story_id,
        site=row.masthead_id,
        section=row.section_id,
        age_s=(at - row.published_at).total_seconds(),
        sensitive=row.story.sensitive,
        foreign=languages[row.masthead_id] != host.language,
        standing=hot.get((row.masthead_id, row.story_id)),
    )


def _own(
    site: Site, rows: Sequence[Any], hot: Mapping[tuple[int, int], Standing]
) -> dict[ListKind, list[Listed]]:
    """What is most read on a site itself, and what rises there; a sensitive story may be both."""
    read = []
    for row in rows:
        standing = hot.get((row.masthead_id, row.story_id))
        if row.masthead_id == site.id and standing:
            one = Candidate(row.pk, row.story_id, site.id, row.section_id, 0, standing=standing)
            read.append((standing, listed(one, Reason.READ)))
    by_heat = sorted(read, key=lambda pair: (-pair[0].heat, pair[0].story))
    rising = [pair for pair in by_heat if pair[0].rising > 1 and not pair[0].doubted]
    by_rise = sorted(rising, key=lambda pair: (-pair[0].rising * pair[0].heat, pair[0].story))
    return {
        ListKind.READ: [item for _, item in by_heat[:OWN_LIST]],
        ListKind.RISING: [item for _, item in by_rise[:OWN_LIST]],
    }


def _rules(at: datetime) -> dict[int, list[Rule]]:
    found: dict[int, list[Rule]] = {}
    for row in models.EditorsRule.objects.filter(until__gt=at).order_by("pk"):
        rule = Rule(
            RuleKind(row.kind), row.story_id, row.until, slot=row.slot, factor=row.factor
        )  # fmt: skip
        found.setdefault(row.masthead_id, []).append(rule)
    return found


def _store(
    masthead_id: int,
    kind: ListKind,
    items: Sequence[Listed],
    before: models.RankedList | None,
    *,
    at: datetime,
) -> bool:
    """Keep a list whose stories, order or reasons changed; say whether other stories are shown."""
    new = [
        {**asdict(item), "z": round(item.z, 2), "heat": round(item.heat, 2)} for item in items
    ]  # fmt: skip
    old = before.items if before else []
    if before and [_place(item) for item in old] == [_place(item) for item in new]:
        return False
    models.RankedList.objects.update_or_create(
        masthead_id=masthead_id, kind=kind.value, defaults={"items": new, "made_at": at}
    )
    return _shown(old) != _shown(new)


def _shown(items: Sequence[Mapping[str, Any]]) -> set[tuple[int, int]]:
    """What pages show of a list: its stories, and the places of those that an editor put there."""
    return {
        (item["story"], slot if item["reason"] == Reason.PINNED else 0)
        for slot, item in enumerate(items[:SLOTS], start=1)
    }


def _place(item: Mapping[str, Any]) -> tuple[Any, ...]:
    return item["placement"], item["reason"]


def _tell(
    counting: Counting, masthead_id: int, *, changed: bool, at_once: bool, now: float
) -> None:
    """Have pages with another list drawn again, softly, and not all of a site all the time.

    What an editor asked for is shown at once. Open pages need no telling: they ask for
    /trending.json.
    """
    if changed:
        counting.waiting.add(masthead_id)
    due = now - counting.told_at.get(masthead_id, 0.0) >= PAGES_S
    if masthead_id in counting.waiting and (due or at_once):
        edge.purge_softly([keys.trending(masthead_id)], cause=f"trending.ranked, {masthead_id}")
        counting.waiting.discard(masthead_id)
        counting.told_at[masthead_id] = now


def _keep(counting: Counting, now: float) -> None:
    """Save now and then; let go of what is read no more, and of what the snapshot holds."""
    if now - counting.forgot_at >= FORGET_S:
        counting.heat.forget(now)
        counting.forgot_at = now
    if now - counting.saved_at >= SAVE_S and counting.position != counting.saved:
        snapshot.save(
            counting.path, counting.heat, counting.position, counting.live, counting.tally
        )
        counting.written, counting.saved = _changed_at(counting.path), dict(counting.position)
        counting.saved_at = now
    counting.journal.forget(counting.saved)
