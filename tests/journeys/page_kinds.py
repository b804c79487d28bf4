"""One address of every kind of page that a title of the demo network has."""

import re

from dateline.standing.domain.kinds import PageKind

ADDRESS = """
    SELECT '/' || s.slug || '/' || p.slug || '-' || p.story_id FROM stories_placement p
    JOIN mastheads_section s ON s.id = p.section_id
    JOIN mastheads_masthead m ON m.id = p.masthead_id
    JOIN stories_story t ON t.id = p.story_id
    WHERE m.host LIKE ? AND {} ORDER BY p.story_id LIMIT 1
"""
OF_STORIES = {
    "picture": "t.live AND t.kind = 'article' AND t.lead_picture_id IS NOT NULL",
    "plain": "t.live AND t.lead_picture_id IS NULL AND t.provider_id IS NULL",
    "opinion": "t.live AND t.kind = 'opinion'",
    # What a journey published in Japanese still has the agency's English text.
    "wire": "t.live AND t.provider_id IS NOT NULL AND t.language = 'en'",
    "release": "t.live AND t.kind = 'release'",
    "corrected": "t.live AND t.id IN (SELECT story_id FROM stories_correction)",
    "live": "t.live AND t.kind = 'live'",
    "poll": "t.live AND t.kind = 'poll'",
    "quote": "t.live AND t.kind = 'quote'",
    "digest": "t.live AND t.kind = 'digest'",
    "event": "t.live AND t.kind = 'event'",
    "series": "t.live AND t.series_id IS NOT NULL",
    "gone": "t.killed_at IS NOT NULL",
}
BELOW_A_STORY = {"corrected": "versions", "picture": "comments/"}
ALWAYS = (
    "/", "/search", "/search?q=%22no+such+words%22", "/newsletters/", "/alerts/", "/saved/",
    "/trending/", "/most-read/", "/corrections/", "/topics/", "/live/", "/notices/",
    "/archive/", "/lite/", "/offline/", "/contact/write/", "/no-such-page",
    *(kind.path for kind in PageKind),
)  # fmt: skip
SEARCHED = {"ja": "/search?q=%E8%A8%98%E4%BA%8B", "en": "/search?q=the"}
# The first of what a list leads to, where the title has such a list.
LINKED = {
    "/": [r'href="(/series/[\w-]+/)"', r'href="(/people/[\w-]+/)"'],
    "/topics/": [r'href="(/topics/[\w-]+/)"'],
    "/archive/": [r'href="(/archive/\d{4}/)"', r'href="(/archive/\d{4}/\d\d/)"'],
    "/newsletters/": [r'href="(/newsletters/[\w-]+/)"'],
    "/places/": [r'href="(/places/[\w-]+/)"'],
    "/jobs/": [r'href="(/jobs/\d[^"]+)"'],
}
BEYOND = {"slowrails": ["/places/"], "tatami": ["/jobs/"], "musashi-ja": ["/jobs/"]}


def pages_of(network, host, *, whole=True):
    """Paths on one host of the network, each kind of page once.

    Not `whole`: without the pages that look alike on every title.
    """
    front = network.text(host)
    section = re.search(r'<nav class="sections".*?href="(/[\w-]+/)"', front, re.DOTALL)[1]
    paths = [*(ALWAYS if whole else ("/",)), section, f"/lite{section}", *BEYOND.get(host, ())]
    paths.append(SEARCHED["ja" if host.endswith("-ja") else "en"])
    for kind, condition in OF_STORIES.items():
        if row := network.one(ADDRESS.format(condition), f"{host}.%"):
            paths += [row[0], *below(kind, row[0])]
    for path in set(LINKED) & set(paths):
        shown = network.text(host, path)
        paths += [found[1] for rule in LINKED[path] if (found := re.search(rule, shown))]
    return list(dict.fromkeys(paths))


def below(kind, path):
    """What else a story of this kind has: its text-only twin, what changed, its comments."""
    rest = BELOW_A_STORY.get(kind)
    return [f"/lite{path}", *([f"{path}/{rest}"] if rest else [])]
