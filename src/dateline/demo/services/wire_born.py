"""Send the written agency stories through the real intake, so that they are born on the wire."""

from datetime import datetime, timedelta

from dateline.demo.domain import copy, wording
from dateline.demo.domain.content import DemoStory
from dateline.demo.services.network import PROVIDERS
from dateline.demo.services.newsroom import ZONE
from dateline.wire.services import intake

VERSIONS = (1, 4, 7, 12)  # agencies skip numbers, so the demo does
BEFORE = timedelta(minutes=4)  # the agency sent it this long before the paper published it


def send(story: DemoStory, *, now: datetime, topics: dict[str, str]) -> list[int]:
    """Take every version of one agency story in; return the ids of the wire items, oldest first.

    `topics` maps slugs to IPTC Media Topics. A story sent before is not stored again.
    """
    moments = [now - story.ago, *(now - story.ago + change.after for change in story.changes)]
    found: list[int] = []
    for number, moment in enumerate(moments, start=1):
        data = document(story, number, at=moment - BEFORE, first_at=moments[0], topics=topics)
        name = f"{story.slug}-{number}.{copy.SUFFIXES[story.format]}"
        found += intake.take_in(story.provider, data, file_name=name, at=moment - BEFORE)
    return found


def document(
    story: DemoStory, number: int, *, at: datetime, first_at: datetime, topics: dict[str, str]
) -> bytes:
    """The bytes of one version of an agency story, in the format its file names."""
    ready = wording.told(at=first_at.astimezone(ZONE), language=story.language)
    agency, _, _ = PROVIDERS[story.provider]
    headline = story.first_headline if number == 1 else story.headline
    written = copy.AgencyCopy(
        agency=agency,
        family=f"urn:newsml:{story.provider}.example:{first_at:%Y%m%d}:{story.slug}",
        version=VERSIONS[number - 1],
        at=at.replace(microsecond=0),
        first_at=(first_at - BEFORE).replace(microsecond=0),
        headline=ready(headline),
        paragraphs=tuple(wording.bare(ready(p.text)) for p in story.seen(number)),
        dateline=story.dateline,
        byline=story.byline,
        slugline=story.slug.upper(),
        copyright=story.copyright,
        language=story.language,
        urgency=story.urgency,
        topics=tuple(topics[slug] for slug in story.topics if topics.get(slug)),
    )
    return copy.WRITERS[story.format](written)
