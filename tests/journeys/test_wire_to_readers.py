"""The main job: an agency's file becomes a page on two sites, and its cancel takes both away."""

import json
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.conftest import SAMPLES
from tests.journeys import desk
from tests.journeys.network import ROOT, wait_until
from tests.journeys.pages import sign_in

pytestmark = pytest.mark.journey

TWINS = Path(__file__).parent / "samples"
FIGURES = ROOT / ".cache" / "tests" / "journey-figures.json"
AGENCY = "tag_reuters.com_2016_newsml_L1N14N0FF_version_"
EDITED = "River towns fill sandbags as the water keeps rising"
PLACES = (
    ("musashi", "The Musashi Daily", "World", "/world/"),
    ("slowrails", "Slow Rails", "Places / Islands", "/islands/"),
)
ELSEWHERE = ("musashi-ja", "kinako", "tatami")


@pytest.mark.parametrize(
    ("name", "slug", "usable", "canceled", "headline", "body"),
    [
        pytest.param(
            "Harbour Wire",
            "harbourwire",
            TWINS / "g2-floods.xml",
            TWINS / "g2-floods-canceled.xml",
            "Villages below Tanuma stack sandbags",
            "The gauge at the old weir stood at 4.2 metres",
            id="twin",
        ),
        pytest.param(
            "Reuters",
            "reuters",
            SAMPLES / "newsml-g2" / f"{AGENCY}978556838",
            SAMPLES / "newsml-g2" / f"{AGENCY}1542761538",
            "Illinois battles flooding",
            "The Mississippi receded further",
            id="agency",
            marks=pytest.mark.samples,
        ),
    ],
)
def test_an_agency_file_is_read_on_two_sites_until_its_cancel_comes(
    network, visit, name, slug, usable, canceled, headline, body
):
    administrator, editor, reader = sign_in(visit(), "admin@example.test"), visit(), visit()
    desk.add_provider(administrator, name, slug)
    sign_in(editor, "editor@example.test")
    page = editor.open("desk", "/wire/")
    figures = {}

    dropped = network.drop(slug, usable.name, usable.read_bytes())
    line = desk.watch_the_wire(editor, headline)
    figures["drop_to_wire_list_s"] = time.monotonic() - dropped
    line.get_by_role("button", name="Make a story").click()
    expect(page.locator(".messages")).to_contain_text("The story is a draft.")
    story_id = desk.story_id_of(page)
    page.locator("#id_headline").fill(EDITED)
    for number, (_, masthead, section, _) in enumerate(PLACES):
        desk.place(page, number, masthead, section)
    clicked = desk.publish(page)
    addresses = [wait_until(lambda h=host: listed_at(network, h)) for host, *_ in PLACES]
    editor.expects(": 400: ", "status of 400")  # Wagtail's autosave while a placement is half made
    figures["publish_to_both_fronts_s"] = time.monotonic() - clicked

    for (host, _, _, section), address in zip(PLACES, addresses, strict=True):
        assert address.startswith(section)
        is_read(reader, host, address, body)
        assert all(EDITED in network.text(host, list_) for list_ in lists(section))

    dropped = network.drop(slug, canceled.name, canceled.read_bytes())
    for (host, *_), address in zip(PLACES, addresses, strict=True):
        wait_until(lambda h=host, a=address: network.ask(h, a)[0] == 410, what="410 Gone")
    figures["cancel_to_both_gone_s"] = time.monotonic() - dropped
    is_nowhere(network, reader, addresses, story_id)

    figures["surfaces_s"] = the_desk_knows(editor, story_id, name)
    assert all(seconds < 60 for seconds in figures["surfaces_s"].values())  # speed is a figure
    assert {
        f"{network.url(h)[:-1]}{a}" for (h, *_), a in zip(PLACES, addresses, strict=True)
    } <= set(figures["surfaces_s"])
    keep({slug: figures})


def listed_at(network, host):
    """The address at which a front lists the story, or None."""
    found = re.search(rf'<a href="(/[^"]+)"[^>]*>{EDITED}', network.text(host))
    return found and found[1]


def lists(section):
    return ("/", "/feed.xml", section, f"{section}feed.xml")


def is_nowhere(network, reader, addresses, story_id):
    for (host, _, _, section), address in zip(PLACES, addresses, strict=True):
        is_gone(reader, host, address)
        for list_ in lists(section):
            assert_nothing_of_it(network.text(host, list_), story_id)
    for host in ELSEWHERE:
        assert_nothing_of_it(network.text(host, "/"), story_id)


def is_read(reader, host, address, body):
    page = reader.open(host)
    page.get_by_role("link", name=EDITED).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(EDITED)
    expect(page.locator(".story-body")).to_contain_text(body)
    assert page.url == reader.network.url(host, address)


def is_gone(reader, host, address):
    page = reader.open(host, address)
    assert reader.answer.status == 410
    reader.expects("410 (Gone)")
    expect(page.get_by_role("heading", level=1)).to_have_text("This story was withdrawn")
    assert EDITED not in page.content()


def assert_nothing_of_it(text, story_id):
    assert EDITED not in text
    assert f'-{story_id}"' not in text
    assert f"urn:dateline:story:{story_id}<" not in text


def the_desk_knows(editor, story_id, agency):
    """Alarm on the start page, report with every surface clear, acknowledged; returns seconds."""
    page = editor.open("desk")
    alarm = page.locator(".desk-alarm").filter(has_text=EDITED)
    expect(alarm).to_contain_text(agency)
    alarm.get_by_role("link", name=EDITED).click()
    page.get_by_role("button", name="Actions", exact=True).click()
    page.get_by_role("link", name="Kill report").click()
    expect(page.get_by_role("heading", name="Kill report")).to_be_visible()
    seconds = desk.seconds_per_surface(page)
    page.get_by_role("button", name="Acknowledge the kill").click()
    expect(page.get_by_text("Acknowledged by Kotone Arisawa")).to_be_visible()
    editor.open("desk")
    expect(page.locator(".desk-alarm").filter(has_text=EDITED)).to_have_count(0)
    return seconds


def keep(figures):
    known = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    FIGURES.write_text(json.dumps({**known, **figures}, indent=1))
