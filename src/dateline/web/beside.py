"""What stands around a story on its page: the next one, others on its subject, length, age."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from dateline.edge import services as edge
from dateline.mastheads.domain.site import Site
from dateline.stories.domain.pages import Card, StoryPage
from dateline.stories.queries.beside import related
from dateline.web import queries
from dateline.web.domain.reading_time import minutes_of, next_birthday, texts_of, years_old
from dateline.web.domain.words import words_for

RELATED = 4  # stories on the same subject


@dataclass(frozen=True, slots=True)
class Around:
    """`following` is the next story of the section, older than this one where there is one.

    `age` is the sentence that warns of an old story, empty for a young one.
    """

    following: Card | None
    near: tuple[Card, ...]
    related: tuple[Card, ...]
    minutes: int
    age: str

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every story that is shown, each once."""
        return (*self.related, *self.near, *((self.following,) if self.following else ()))


def around(site: Site, page: StoryPage, *, at: datetime) -> Around:
    """Everything around a story at `at`, aware UTC; never the same story twice.

    At most four queries, of which the two for its subject are asked only where it has one. The
    page is made again on the day the story turns a year older.
    """
    card = page.card
    near = queries.beside(site, card, at=at)
    older = (other for other in near if other.published_at < card.published_at)
    following = next(older, near[0] if near else None)
    near = [other for other in near if other is not following][: queries.LATEST_BESIDE]
    shown = {other.story_id for other in (*near, *((following,) if following else ()))}
    same = (
        related(site, card.story_id, without=shown, at=at, limit=RELATED)
        if page.topics and card.story_id
        else []
    )
    minutes = minutes_of(texts_of(page.body.raw_data))
    return Around(following, tuple(near), tuple(same), minutes, _age(site, card, at=at))


def _age(site: Site, card: Card, *, at: datetime) -> str:
    zone, w = ZoneInfo(site.time_zone), words_for(site.language)
    edge.opens_at(next_birthday(card.published_at, at, zone))
    years = years_old(card.published_at, at, zone)
    if not years:
        return ""
    return w["age_years_one"] if years == 1 else w["age_years"].format(years)
