"""Every kind of page of the demo network: accessible, valid, quiet, light, and from one host."""

import gzip
import re
import shutil
import subprocess

import pytest

from tests import axe
from tests.journeys.network import ROOT
from tests.journeys.page_kinds import ADDRESS, OF_STORIES

pytestmark = pytest.mark.journey

VNU = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
HOSTS = {
    "musashi": "musashi", "musashi-ja": "musashi-ja", "kinako": "kinako",
    "slowrails": "slow-rails", "tatami": "desk-tatami",
}  # fmt: skip
# What only some mastheads have, and what every one has but would look alike.
MORE = {
    "musashi": ["/trending/", "/live/", "/privacy/", "/alerts/"],
    "musashi-ja": ["/trending/", "/privacy/", "/jobs/", "/alerts/"],
    "kinako": ["/alerts/"],
    "slowrails": ["/trending/", "/places/", "/places/lake-kagami/"],
    "tatami": [
        "/series/paperwork-week/",
        "/jobs/",
        "/jobs/with/full-time/",
    ],  # and the first job of each board, below
}
STORY_GZ, FIRST_VIEW, REQUESTS = 25_000, 80_000, 8
FORMS = {"/alerts/"}  # with a sheet and a script of their own: one request more


@pytest.fixture(scope="module")
def pages(network):
    """(host, path) of every kind of page on every masthead that has one."""
    found = [("network", "/")]
    for host, slug in HOSTS.items():
        section = network.one(
            "SELECT '/' || s.slug || '/' FROM mastheads_section s JOIN mastheads_masthead m"
            " ON m.id = s.masthead_id WHERE m.slug = ? ORDER BY s.place LIMIT 1",
            slug,
        )[0]
        paths = ["/", section, "/no-such-page", "/newsletters/", *MORE[host]]
        if "/jobs/" in paths:
            paths.append(re.search(r'href="(/jobs/\d[^"]+)"', network.text(host, "/jobs/"))[1])
        for kind, condition in OF_STORIES.items():
            if row := network.one(ADDRESS.format(condition), f"{host}.%"):
                paths.append(row[0])
                paths += [f"{row[0]}/versions"] if kind == "corrected" else []
        found += [(host, path) for path in dict.fromkeys(paths)]
    assert len(found) > 40
    return found


@axe.needed
@pytest.mark.parametrize("host", ["network", *HOSTS])
def test_no_page_breaks_a_rule_of_accessibility_or_says_anything(pages, visit, host):
    reader, problems = visit(), []
    for _, path in (page for page in pages if page[0] == host):
        problems += axe.broken_rules(reader.open(host, path))
    reader.expects("404 (Not Found)", "410 (Gone)")

    assert problems == []


def test_every_page_is_valid_html(pages, network, tmp_path):
    if not (VNU.exists() and shutil.which("java")):
        pytest.skip("vnu-jar or java is not here: run `npm ci`, install default-jre-headless")
    for number, (host, path) in enumerate(pages):
        (tmp_path / f"{number:02}.html").write_bytes(network.ask(host, path)[2])
    files = [str(path) for path in sorted(tmp_path.glob("*.html"))]
    judged = subprocess.run(
        ["java", "-jar", str(VNU), "--also-check-css", *files],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert judged.stderr == ""


def test_pages_answer_with_their_own_status(pages, network):
    answers = {path: network.ask(host, path)[0] for host, path in pages if host == "musashi"}

    assert answers.pop("/no-such-page") == 404
    assert sorted(answers.values())[-2:] == [200, 410]


def test_a_story_is_light(pages, network):
    for host, path in pages:
        body = network.ask(host, path)[2]
        assert len(gzip.compress(body)) <= STORY_GZ, (host, path)


@pytest.mark.parametrize("host", HOSTS)
def test_the_first_view_before_pictures_is_light(pages, network, browser, host):
    paths = [path for at, path in dict.fromkeys(pages) if at == host]
    opened = [(path, *view(browser, network.url(host, path))) for path in paths]
    for path, page, answers in opened:  # all of them load meanwhile
        page.wait_for_load_state("networkidle")
        counted = [a for a in answers if a.request.resource_type != "image"]
        sizes = {a.url: a.request.sizes()["responseBodySize"] for a in counted}
        page.context.close()

        assert len(counted) <= REQUESTS + (path in FORMS), list(sizes)
        assert sum(sizes.values()) <= FIRST_VIEW, sizes


def view(browser, address):
    """A page that begins to load in a browser that has nothing yet, and its answers so far."""
    page, answers = browser.new_context(viewport={"width": 1280, "height": 900}).new_page(), []
    page.on("response", lambda answer, to=answers: to.append(answer))
    page.goto(address, wait_until="commit")
    return page, answers
