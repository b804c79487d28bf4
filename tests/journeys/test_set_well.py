"""Every kind of page on the narrowest and the widest screen: nothing scrolls, overlaps or runs on."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.journey

LOOK_AT_IT = (Path(__file__).parent / "set_well.js").read_text()
NARROW, WIDE = {"width": 320, "height": 600}, {"width": 3840, "height": 600}
PATHS = {
    "musashi": [
        "/", "/national/", "/most-read/", "/corrections/", "/about/", "/newsletters/", "/alerts/",
        "/trending/", "/search?q=train", "/nothing-here", "/lite/",
    ],
    "musashi-ja": ["/", "/search?q=列車"],
    "kinako": ["/"],
    "slowrails": ["/", "/places/lake-kagami/"],
    "tatami": ["/", "/jobs/"],
}  # fmt: skip
KINDS = {  # of stories, on any title: the longest of each
    "musashi": ("live", "poll", "quote", "digest", "event", "opinion", "article"),
    "musashi-ja": ("article",),
    "kinako": ("article",),
    "slow-rails": ("article",),
    "desk-tatami": ("article",),
}
LONGEST = """
    SELECT '/' || s.slug || '/' || p.slug || '-' || p.story_id FROM stories_placement p
    JOIN mastheads_section s ON s.id = p.section_id JOIN mastheads_masthead m ON m.id = p.masthead_id
    JOIN stories_story t ON t.id = p.story_id
    WHERE m.slug = ? AND t.live AND t.kind = ? ORDER BY length(t.body) DESC LIMIT 1
"""


def paths_of(network, host):
    slug = {"slowrails": "slow-rails", "tatami": "desk-tatami"}.get(host, host)
    stories = [network.one(LONGEST, slug, kind)[0] for kind in KINDS[slug]]
    more = [f"{stories[-1]}/versions"] if host == "musashi" else []
    return PATHS[host] + stories + more


@pytest.mark.parametrize("host", PATHS)
def test_every_page_is_set_well_on_a_narrow_and_on_a_wide_screen(network, visit, host):
    """320 px is WCAG's reflow; lines end before 75 characters, in Japanese before 42."""
    reader, problems = visit(viewport=NARROW, java_script_enabled=False), []
    reader.page.route("**/media/**", lambda route: route.abort("aborted"))  # they have their room
    for path in paths_of(network, host):
        page = reader.open(host, path)
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            found = page.evaluate(LOOK_AT_IT)
            problems += [f"{host}{path} at {size['width']} px: {what}" for what in found]
    reader.expects("404 (Not Found)")

    assert not problems, "\n".join(problems)


def test_nothing_a_finger_or_a_caret_needs_is_too_small(network, visit):
    """A field and a button are 44 px high; WCAG 2.2 (2.5.8) asks for 24."""
    page = visit(viewport=NARROW).open("musashi", "/alerts/")
    for box in page.locator("main :is(.button, input[type=email])").all():
        if box.is_visible():
            assert box.bounding_box()["height"] >= 43.9, box.get_attribute("class")
