"""Every main screen of the desk: accessible, valid where it is ours, narrow enough, and named."""

import re
import shutil
import subprocess

import pytest
from playwright.sync_api import expect

from tests import axe
from tests.journeys.pages import fill_in_log_in
from tests.journeys.test_every_page import VNU

pytestmark = pytest.mark.journey

STORY = "SELECT id FROM stories_story WHERE live ORDER BY length(headline) DESC LIMIT 1"
READ = """
SELECT p.story_id FROM stories_placement p
JOIN stories_story s ON s.id = p.story_id JOIN mastheads_masthead m ON m.id = p.masthead_id
WHERE m.slug = 'musashi' AND s.live ORDER BY p.published_at LIMIT 1
"""
LETTER = "SELECT min(id) FROM newsletters_edition WHERE state = 'draft'"
LEFT = (
    "SELECT coalesce(max(CASE WHEN state = 'sent' THEN id END), min(id)) FROM newsletters_edition"
)
MADE = """
SELECT min(slug) FROM newsletters_newsletter n JOIN newsletters_recipe r ON r.newsletter_id = n.id
"""
FIRST_LIST = "SELECT min(id) FROM newsletters_newsletter"
SCREENS = {
    "start": "/",
    "wire list": "/wire/",
    "wire item": ("/wire/{}/", "SELECT max(id) FROM wire_wireitem"),
    "quarantine": "/wire/quarantine/",
    "try a file": "/wire/try/",
    "providers": "/snippets/wire/provider/",
    "provider form": (
        "/snippets/wire/provider/edit/{}/",
        "SELECT min(id) FROM wire_provider",
    ),
    "story list": "/snippets/stories/story/",
    "new story": "/snippets/stories/story/add/",
    "story": ("/snippets/stories/story/edit/{}/", STORY),
    "killed story": (
        "/snippets/stories/story/edit/{}/",
        "SELECT id FROM stories_story WHERE killed_at IS NOT NULL LIMIT 1",
    ),
    "kill": ("/stories/{}/kill/", STORY),
    "withhold": ("/stories/{}/withhold/", STORY),
    "demand": ("/stories/{}/demand/", STORY),
    "kill report": ("/stories/kills/{}/", "SELECT min(id) FROM stories_killreport"),
    "withdraw": ("/snippets/stories/story/unpublish/{}/", STORY),
    "comments": "/comments/queue/new/",
    "appeals": "/comments/appeals/",
    "house rules": "/comments/house/musashi/",
    "words": "/comments/words/network/",
    "thread": ("/comments/threads/{}/", STORY),
    "trending": "/trending/",
    "trending on a title": "/trending/on/kinako/",
    "a story that is read": ("/trending/on/musashi/{}/", READ),
    "lists": "/newsletters/lists/",
    "a list": ("/newsletters/lists/{}/", FIRST_LIST),
    "list form": ("/newsletters/lists/{}/edit/", FIRST_LIST),
    "bring people in": ("/newsletters/lists/{}/import/", FIRST_LIST),
    "a file of people": (
        "/newsletters/lists/imports/{}/",
        "SELECT min(id) FROM newsletters_listimport",
    ),
    "jobs": "/jobs/",
    "offers": "/offers/",
    "letters": "/letters/",
    "a letter": ("/letters/{}/", LETTER),
    "a letter as it will look": ("/letters/{}/preview/", LETTER),
    "what keeps a letter": ("/letters/{}/preflight/", LETTER),
    "sending a letter": ("/letters/{}/send/", LETTER),
    "a letter in figures": ("/letters/{}/figures/", LEFT),
    "a list in figures": ("/letters/lists/{}/figures/", MADE),
    "recipe": ("/letters/lists/{}/recipe/", MADE),
    "alerts": "/alerts/",
    "an alert": ("/alerts/musashi/{}/", READ),
    "who does what": "/posts/",
    "masthead form": (
        "/snippets/mastheads/masthead/edit/{}/",
        "SELECT min(id) FROM mastheads_masthead",
    ),
    "headline tests": "/trending/headlines/",
    "headlines of a story": ("/trending/headlines/musashi/{}/", READ),
    "places": "/snippets/places/place/",
    "place form": ("/snippets/places/place/edit/{}/", "SELECT min(id) FROM places_place"),
    "new place": "/snippets/places/place/add/",
}
# Wagtail's own markup, which we cannot reach without copying its templates: rule, where, why.
WAGTAILS = {
    ("landmark-unique", "form[role=search][action]"):
        "the sidebar's search and a list's search are both nameless search landmarks",
    ("aria-input-field-name", ".public-DraftEditor-content"):
        "Draftail gives its text box no name; the block's heading stands above it",
    ("target-size", "#w-minimap-toggle"): "the minimap's button is 20 px wide on a telephone",
}  # fmt: skip
# What vnu says of Wagtail's own markup around our screens, word by word.
WAGTAILS_HTML = (
    # <link ... /> and <input ... /> in its head and its sidebar
    "info: Trailing slash on void elements has no effect and interacts badly with unquoted",
    # the table of its keyboard shortcuts, whose headings span no column
    "warning: A table row was 1 columns wide, which is less than the column count established",
)
OURS = (
    "start", "wire list", "wire item", "quarantine", "try a file", "kill", "withhold", "demand", "kill report", "comments", "appeals",
    "house rules", "words", "thread", "trending", "trending on a title",
    "a story that is read", "lists", "a list", "list form", "bring people in",
    "a file of people", "letters", "a letter", "a letter as it will look", "what keeps a letter",
    "sending a letter", "recipe", "alerts", "an alert", "who does what", "jobs", "offers",
)  # fmt: skip


@pytest.fixture(scope="module")
def screens(network):
    """Name → path of every screen, for what the demo holds."""
    found = {}
    for name, where in SCREENS.items():
        found[name] = where if isinstance(where, str) else where[0].format(network.one(where[1])[0])
    return found


@axe.needed
@pytest.mark.parametrize("width", [1280, 390])
def test_every_screen_can_be_used_by_everybody_fits_and_has_a_name(screens, visit, width):
    visitor, titles = visit(viewport={"width": width, "height": 900}), {}
    visitor.open("desk", "/")
    problems = judged(visitor.page, "log-in")
    signed_in(visitor)
    for name, path in screens.items():
        page = visitor.open("desk", path)
        page.wait_for_load_state("networkidle")
        assert visitor.answer.status == 200, name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert page.locator("h1").count() == 1, name
        titles.setdefault(page.title(), []).append(name)
        problems += judged(page, name)

    assert problems == []
    assert [names for names in titles.values() if len(names) > 1] == []
    assert all(re.fullmatch(r".+ - Dateline", title) for title in titles)


def judged(page, name):
    """(name, scheme, rule, where) of all that is ours to mend."""
    found = []
    for scheme in axe.SCHEMES:
        for broken in axe.violations(page, scheme):
            nodes = [n["target"][-1] for n in broken["nodes"]]
            nodes = [n for n in nodes if not is_wagtails(page, broken["id"], n)]
            found += [(name, scheme, broken["id"], node) for node in nodes]
    page.emulate_media(color_scheme="light")
    return found


def is_wagtails(page, rule, target):
    return any(
        rule == known and page.locator(target).first.evaluate(f"e => e.matches({where!r})")
        for known, where in WAGTAILS
    )


def signed_in(visitor):
    fill_in_log_in(visitor.page, "admin@example.test")
    expect(visitor.page.get_by_role("heading", name="The desk")).to_be_visible()


def test_our_own_screens_are_valid_html(screens, visit, tmp_path):
    if not (VNU.exists() and shutil.which("java")):
        pytest.skip("vnu-jar or java is not here: run `npm ci`, install default-jre-headless")
    visitor = visit()
    visitor.open("desk", "/")
    signed_in(visitor)
    for name in OURS:
        text = visitor.page.evaluate("path => fetch(path).then(a => a.text())", screens[name])
        (tmp_path / f"{name.replace(' ', '-')}.html").write_text(text)
    files = [str(path) for path in sorted(tmp_path.glob("*.html"))]
    judgement = subprocess.run(
        ["java", "-jar", str(VNU), *files], capture_output=True, text=True, check=False, timeout=300
    )
    said = [
        line.split("/")[-1]
        for line in judgement.stderr.splitlines()
        if not any(known in line for known in WAGTAILS_HTML)
    ]

    assert said == []
