"""Headline tests: those that go on, one in full, and stories of which one may begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dateline.charts import lying
from dateline.mastheads.domain.site import Site
from dateline.prepared import Prepared
from dateline.stories.domain.gate import Use
from dateline.stories.queries import reading as stories
from dateline.trending import models
from dateline.trending.domain.headlines import Counted, Running, by_chance, lopsided

_tests_of = Prepared[int](
    lambda *, story: models.HeadlineTest.objects.filter(story_id=story).values_list("pk", flat=True)
)
LATEST = 30  # tests that have ended
FOUND = 20  # stories


@dataclass(frozen=True, slots=True)
class Shown:
    """One headline of a test; `bar` is the path of its rate of clicks, in percent."""

    text: str
    seen: int
    clicked: int
    rate: float
    bar: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """A test with its counts. `chance` is how often chance alone leads so far, in percent.

    `leads` is the place of the headline with most clicks, from 0; None while none has more.
    """

    row: Any
    site: Site
    headlines: Sequence[Shown]
    leads: int | None
    chance: int
    lopsided: bool

    @property
    def seen(self) -> int:
        """How many visitors have seen any of its headlines."""
        return sum(one.seen for one in self.headlines)


@dataclass(frozen=True, slots=True)
class Found:
    """A story of which a test may begin, as a search found it."""

    story: int
    title: str
    language: str
    site: Site
    kicker: str


def running() -> dict[tuple[int, int], Running]:
    """Every test that goes on, by (masthead, story). One query."""
    rows = models.HeadlineTest.objects.filter(ended_at=None)
    return {
        (site, story): Running(number, len(texts))
        for number, site, story, texts in rows.values_list("pk", "masthead_id", "story_id", "texts")
    }


def own_headlines(masthead_id: int, story_id: int, *, at: datetime) -> tuple[str, str] | None:
    """A story's long and short headline, where readers of a masthead see it at `at`, aware UTC.

    The first is the one that most lists show: the short one where there is one.
    """
    rows = stories.open_placements(use=Use.WEB, at=at)
    found = rows.filter(masthead_id=masthead_id, story_id=story_id)
    for headline, short in found.values_list("story__headline", "story__short_headline"):
        return short or headline, headline
    return None


def concern(story_id: int) -> bool:
    """Whether there was ever a test of this story. One query."""
    return bool(_tests_of(story=story_id))


def newest_of(test: Any) -> int:
    """The number of the newest test of the same story on the same masthead."""
    same = models.HeadlineTest.objects.filter(masthead_id=test.masthead_id, story_id=test.story_id)
    return int(same.latest("pk").pk)


def tests(sites: Sequence[Site], *, goes_on: bool) -> list[Trial]:
    """The tests on these mastheads that go on, or the latest that have ended; the newest first."""
    by_id = {site.id: site for site in sites}
    rows = models.HeadlineTest.objects.filter(masthead_id__in=by_id, ended_at__isnull=goes_on)
    found = rows.select_related("story").order_by("-pk")[: None if goes_on else LATEST]
    return [_test(row, by_id[row.masthead_id]) for row in found]


def of_story(site: Site, story_id: int) -> list[Trial]:
    """Every test of a story on a masthead, the newest first, with what was done and by whom."""
    rows = models.HeadlineTest.objects.filter(masthead_id=site.id, story_id=story_id)
    found = rows.select_related("story").prefetch_related("notes__by").order_by("-pk")
    return [_test(row, site) for row in found]


def _test(row: Any, site: Site) -> Trial:
    counted = [Counted(*count) for count in row.counts]
    rates = [100 * one.clicked / one.seen if one.seen else 0.0 for one in counted]
    bars = lying([round(100 * rate) for rate in rates])
    clicks = sorted(one.clicked for one in counted)
    best = max(range(len(counted)), key=lambda n: counted[n].clicked)
    return Trial(
        row=row, site=site,
        headlines=[
            Shown(text, *count, rate, bar, bool(row.ended_at) and n == row.chosen)
            for n, (text, count, rate, bar) in enumerate(
                zip(row.texts, counted, rates, bars, strict=True)
            )
        ],
        leads=best if clicks[-1] > clicks[-2] else None,
        chance=round(100 * by_chance(counted)),
        lopsided=lopsided(counted),
    )  # fmt: skip


def find(site: Site, text: str, *, at: datetime) -> list[Found]:
    """The newest stories that readers of a masthead see with `text` in a headline; all for none.

    `at` is aware UTC.
    """
    rows = stories.open_placements(use=Use.WEB, at=at).filter(masthead_id=site.id)
    if text:
        rows = rows.filter(story__headline__icontains=text)
    found = rows.order_by("-published_at", "-id").values_list(
        "story_id", "story__headline", "story__language", "section__name"
    )
    return [Found(story, title, lang, site, kicker) for story, title, lang, kicker in found[:FOUND]]
