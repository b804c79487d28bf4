"""Every list beside fronts and sections that may show a story, and their feeds and sitemaps."""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from dateline.stories.queries import whereabouts

FORMS = ("xml", "atom", "json")  # of each feed


def list_paths(story_id: int, zones: Mapping[int, str]) -> Iterator[tuple[str, int, str]]:
    """(kind, masthead, path) of each, whether it shows the story or not.

    `zones` are the time zones of mastheads by id: they say on which day it was published.
    """
    listed = [("list", *place) for place in whereabouts.subject_paths(story_id)]
    for masthead_id, at in whereabouts.published(story_id):
        day = at.astimezone(ZoneInfo(zones[masthead_id]))
        yield "archive", masthead_id, f"/archive/{day:%Y/%m/%d}/"
        yield "sitemap", masthead_id, whereabouts.sitemap_path(story_id)
        yield "sitemap", masthead_id, "/news-sitemap.xml"
        listed.append(("list", masthead_id, "/most-read/"))
    for kind, masthead_id, path in listed:
        yield kind, masthead_id, path
        for form in FORMS:
            yield "feed", masthead_id, f"{path}feed.{form}"
