"""Offers of our own stand in the page for readers without a script, and leave it with a kill."""

import json
import re
from datetime import UTC, date, datetime

import pytest

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.project.edge_fill import ANSWER, ASKED
from dateline.promos.domain.kinds import Slot, Verb
from dateline.promos.domain.targets import Place
from dateline.promos.domain.windows import DayPart
from dateline.promos.queries.house import house_offer
from dateline.promos.queries.leading import target_of
from dateline.promos.services.running import move
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.promos import NOON, a_campaign, a_creative, a_draft
from tests.factories.web import Reader, path_of

pytestmark = pytest.mark.django_db

STILL = re.compile(r"<noscript>(?:(?!</noscript>).)*offer-box.*?</noscript>", re.DOTALL)
MIDNIGHT = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)  # the end of the 22nd in Tokyo


@pytest.fixture
def reader():
    return Reader()


@pytest.fixture
def story(masthead):
    return path_of(a_story("Ferry returns", at=NOON))


def ours(kei, **fields):
    """A campaign of our own."""
    return a_campaign(kei, **{"tier": "house", "label": "house", **fields})


def still(reader, path):
    """What stands in the slot without a script; nothing where that is the invitation."""
    found = STILL.findall(reader.get(path).content.decode())
    return found[0] if found else ""


def offer(site, *, seed=1, at=NOON, **fields):
    place = Place(masthead=site.slug, language=site.language, **fields)
    return house_offer(site, place, Slot.BODY, seed=seed, at=at)


def test_it_stands_below_the_story_with_its_label_and_a_signed_link(reader, kei, story):
    campaign = ours(kei)

    page = still(reader, story)

    assert '<span class="offer-label">From ' in page
    assert "Your companion for every trip" in page
    assert '<code translate="no">MUSASHI22</code>' in page
    (path,) = set(re.findall(r'<a [^>]*rel="sponsored" href="(/p/c/[^"]+)"', page))
    assert target_of(path.removeprefix("/p/c/"), campaign.home_id) == (
        "https://kumo.example/japan?from=story"
    )
    assert "<button" not in page
    assert "<input" not in page


def test_sections_and_fronts_have_it_too(reader, kei, story):
    ours(kei, creatives=(a_creative(slots=frozenset({Slot.FRONT}), headline="On the front"),))
    ours(kei, creatives=(a_creative(slots=frozenset({Slot.RAIL}), headline="Beside a list"),))

    assert "On the front" in still(reader, "/")
    assert "Beside a list" in still(reader, "/world/")
    assert still(reader, story) == ""


def test_the_page_hears_of_every_move_and_of_a_kill_at_once(reader, kei, story):
    campaign = ours(kei)
    answer = reader.client.get(story, HTTP_HOST=reader.host, **{ASKED: "1"})
    note = json.loads(answer[ANSWER])

    assert keys.house_offers(campaign.home_id) in note["soft"]
    assert keys.offers(campaign.home_id) not in json.dumps(note)  # pacing makes no page anew

    move(campaign.pk, Verb.KILL, by=kei.pk, reason="Wrong.", at=NOON)
    assert still(reader, story) == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"tier": "share", "label": "promoted"},
        {"tier": "takeover", "label": "sponsored"},
        {"parts": (DayPart(frozenset(range(7)), 11 * 60, 13 * 60),)},
        {"sections": frozenset({"world"})},
        {"first_day": date(2026, 11, 21)},
    ],
    ids=["booked by others", "a takeover", "some hours", "another section", "later"],
)
def test_what_changes_by_the_minute_or_does_not_fit_is_left_to_the_script(site, kei, fields):
    ours(kei, **fields)

    assert offer(site, sections=frozenset({"politics"})) is None


def test_a_draft_is_not_shown(site, kei):
    a_draft(kei, tier="house", label="house")

    assert offer(site) is None


def test_a_page_is_good_until_its_offer_ends(site, kei):
    ours(kei)
    ours(kei, first_day=date(2026, 11, 21))

    with edge.collecting() as collector:
        assert offer(site)
    note = collector.note()

    assert note.closes == MIDNIGHT.timestamp()
    assert note.opens == datetime(2026, 11, 20, 15, 0, tzinfo=UTC).timestamp()


def test_each_page_shows_the_same_one_again_and_pages_share_them_by_weight(site, kei):
    heavy = ours(kei, weight=3, creatives=(a_creative(headline="Heavy"),))
    ours(kei, creatives=(a_creative(headline="Light"),))

    shown = [offer(site, seed=number).headline for number in range(200)]

    assert [offer(site, seed=number).headline for number in range(200)] == shown
    assert 120 <= shown.count("Heavy") <= 180
    assert heavy.weight == 3


def test_a_sensitive_story_has_none(reader, kei, masthead):
    ours(kei)
    quake = path_of(a_story("Quake", at=NOON, sensitive=True))

    assert still(reader, quake) == ""


def test_it_costs_one_query(site, kei, django_assert_num_queries):
    for _ in range(3):
        ours(kei)

    with django_assert_num_queries(1):
        assert offer(site)


def test_the_mix_has_two_places_for_offers_but_not_below_a_sensitive_story(reader, story):
    a_masthead("kinako")
    a_story("There", at=NOON, on=("kinako",))
    quake = path_of(a_story("Quake", at=NOON, sensitive=True))
    place = re.compile(r'data-offer="mix" data-at="(\d)"')

    assert place.findall(reader.get(story).content.decode()) == ["3", "8"]
    assert place.findall(reader.get(quake).content.decode()) == []
