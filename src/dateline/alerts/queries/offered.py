"""What readers of a masthead can follow, and what one browser follows."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dateline.alerts import models
from dateline.alerts.domain.kinds import CAPS, AlertClass, Way
from dateline.alerts.domain.mail_words import mail_words_for
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads.domain.site import Site
from dateline.stories.domain.gate import Use
from dateline.stories.domain.pages import StoryPage
from dateline.stories.queries import reading as stories

LOOK_BACK = 300  # stories
MOST_TOPICS = 12
OFF = "off"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to follow."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Subject:
    """The story or the topic that a page of alerts is about. `kind` is story or topic."""

    kind: str
    id: int
    name: str
    path: str
    topics: tuple[Choice, ...]


def public_key() -> bytes:
    """The key that browsers subscribe with, 65 bytes; empty before the first setup."""
    found = models.PushKey.objects.order_by("pk").values_list("public", flat=True).first()
    return bytes(found or b"")


def topics(site: Site, *, at: datetime) -> list[Choice]:
    """What the newest stories of a masthead are most about, at most twelve topics, by name."""
    edge.depend(keys.list_of(site.id))
    rows: Any = stories.open_placements(use=Use.WEB, at=at).filter(masthead_id=site.id)
    newest = list(rows.order_by("-published_at").values_list("story_id", flat=True)[:LOOK_BACK])
    about = rows.filter(story_id__in=newest).exclude(story__topics=None)
    counts = Counter(about.values_list("story__topics__pk", "story__topics__name"))
    return sorted((Choice(*one) for one, _ in counts.most_common(MOST_TOPICS)), key=_name)


def story_subject(site: Site, story_id: int, *, at: datetime) -> Subject | None:
    """A story that readers may see on this masthead, with its topics; None for any other."""
    found = stories.story_page(site, story_id, at=at)
    if not isinstance(found, StoryPage):
        return None
    about = tuple(Choice(*one) for one in stories.topics_of(story_id).items())
    return Subject("story", story_id, found.card.headline, found.card.path, about)


def topic_subject(slug: str) -> Subject | None:
    """A topic of the newsroom, or None."""
    pk = stories.topic_id(slug)
    if pk is None:
        return None
    name = stories.topic_names([pk])[pk]
    return Subject("topic", pk, name, "", (Choice(pk, name),))


def wanted(site: Site, kind: AlertClass, subject: int, *, at: datetime) -> str:
    """What alerts of a kind on a subject (its id) are, in a sentence for readers; or nothing.

    Empty for a topic that is not there, or a story that readers may not see on this masthead.
    """
    words = mail_words_for(site.language)
    if kind is AlertClass.BREAKING:
        return words["what_breaking"].format(site=site.name)
    if kind is AlertClass.TOPIC:
        name = stories.topic_names([subject]).get(subject, "")
    else:
        found = story_subject(site, subject, at=at)
        name = found.name if found else ""
    return words[f"what_{kind}"].format(name=name) if name else ""


@dataclass(frozen=True, slots=True)
class ByMail:
    """What somebody gets of a masthead's alerts by mail; without a row, what the centre offers."""

    row: models.Follower | None
    topics: list[Choice]
    stories: list[Choice]

    def pace(self, kind: AlertClass) -> str:
        """How soon they get a class of alerts, or `off`."""
        on = {
            AlertClass.BREAKING: bool(self.row and self.row.breaking),
            AlertClass.TOPIC: bool(self.topics), AlertClass.STORY: bool(self.stories),
        }  # fmt: skip
        return getattr(self.row, f"pace_{kind}") if on[kind] else OFF

    def cap(self, kind: AlertClass) -> int:
        """How many a day they get at most of a class."""
        return int(getattr(self.row, f"cap_{kind}", CAPS[kind]))


def by_mail(site: Site, person: int, *, at: datetime) -> ByMail:
    """What a subscriber gets of a masthead's alerts by mail, but stories that are gone."""
    rows = models.Follower.objects.filter(masthead=site.id, way=Way.MAIL, person=person)
    row = rows.filter(left_at=None).first()
    asked = list(row.followings.values_list("topic_id", "story_id")) if row else []
    topics = stories.topic_names([topic for topic, _ in asked if topic])
    pages = [stories.story_page(site, story, at=at) for _, story in asked if story]
    shown = [page.card for page in pages if isinstance(page, StoryPage)]
    return ByMail(
        row, [Choice(*one) for one in topics.items()],
        [Choice(card.story_id, card.title) for card in shown],
    )  # fmt: skip


def by_mail_persons() -> list[int]:
    """Every subscriber who gets alerts of any masthead by mail, by their id."""
    rows = models.Follower.objects.filter(way=Way.MAIL, left_at=None).exclude(person=None)
    return [person for person in rows.values_list("person", flat=True) if person]


def follower(key: str, site: Site) -> models.Follower | None:
    """The browser of this name that gets alerts of this masthead, or None."""
    rows = models.Follower.objects.filter(key=key, masthead=site.id, left_at=None, way=Way.PUSH)
    return rows.first()


def standing(row: models.Follower, site: Site, *, at: datetime) -> dict[str, Any]:
    """What a follower chose, as its page reads it. Stories that are gone are not named."""
    asked = list(row.followings.values_list("topic_id", "story_id"))
    names = stories.topic_names([topic for topic, _ in asked if topic])
    pages = [stories.story_page(site, story, at=at) for _, story in asked if story]
    shown = [page.card for page in pages if isinstance(page, StoryPage)]
    quiet = [row.quiet_from, row.quiet_to] if row.quiet_from is not None else None
    return {
        "breaking": row.breaking,
        "topics": [{"id": pk, "name": name} for pk, name in names.items()],
        "stories": [{"id": card.story_id, "name": card.title} for card in shown],
        "quiet": quiet,
        "caps": [row.cap_breaking, row.cap_topic, row.cap_story],
        "zone": row.time_zone,
        "paused": row.paused_until.isoformat() if row.paused_until else "",
    }


def _name(choice: Choice) -> str:
    return choice.name
