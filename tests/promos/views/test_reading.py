"""What readers' browsers ask of offers, through all of Django."""

import json
from datetime import timedelta

import pytest

from dateline import clock
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.project.edge_fill import ANSWER, ASKED, PASS
from dateline.promos import models
from dateline.promos.adapters import links
from dateline.promos.adapters.rates import REMEMBER_AT_MOST, Rates
from dateline.promos.domain import said
from dateline.promos.domain.draw import unit
from dateline.promos.domain.kinds import Event, Slot, Verb
from dateline.promos.domain.windows import DayPart
from dateline.promos.queries.leading import target_of
from dateline.promos.queries.manifest import manifest
from dateline.promos.services.ads_txt import save_ads_txt
from dateline.promos.services.running import move
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.promos import BROWSER, NOON, a_campaign, a_creative, a_draft, forge
from tests.factories.web import Reader, path_of

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
AS_READER = {"user-agent": BROWSER}


@pytest.fixture
def reader():
    return Reader()


@pytest.fixture
def campaign(kei):
    return a_campaign(kei)


@pytest.fixture
def name(campaign):
    return links.sign(campaign.pk, campaign.creatives.get().pk, "body")


def tell(reader, events, **headers):
    body = events if isinstance(events, bytes) else json.dumps(events).encode()
    return reader.client.post(
        "/p/seen", body, content_type="text/plain",
        headers={"host": reader.host, **AS_READER, **headers},
    )  # fmt: skip


def total(column):
    return sum(models.Count.objects.values_list(column, flat=True))


# The list


def test_the_list_has_what_a_browser_needs_and_nothing_else(reader, kei, media_root):
    row = a_campaign(
        kei, tier="guaranteed", goal=100, cap_views=2, sections=frozenset({"world"}),
        creatives=(a_creative(picture_id=a_picture().pk, alt="A quay"),),
    )  # fmt: skip

    answer = reader.get("/offers.json")

    (one,) = answer.json()["offers"]
    (ad,) = one.pop("ads")
    assert one == {
        "id": row.pk, "tier": "guaranteed", "share": 0.0, "weight": 1, "cap": [2, 24],
        "sections": ["world"], "not_sections": [], "topics": [], "not_topics": [],
        "languages": [], "label": "Promoted by Kumo SIM",
    }  # fmt: skip
    assert ad["names"] == {"body": links.sign(row.pk, row.creatives.get().pk, "body")}
    assert (ad["code"], ad["picture"]["alt"]) == ("MUSASHI22", "A quay")
    assert ad["picture"]["src"].startswith("/media/")
    assert "kumo.example" not in answer.content.decode()  # where it leads is looked up
    assert answer["Cache-Control"] == "no-cache"
    assert not answer.cookies


def test_the_list_is_one_page_that_all_share(reader, campaign):
    answer = reader.client.get("/offers.json", HTTP_HOST=reader.host, **{ASKED: "1"})

    note = json.loads(answer[ANSWER])
    assert keys.offers(campaign.home_id) in json.dumps(note)
    assert answer.status_code == 200


def test_the_list_ends_when_a_campaign_does(site, kei):
    a_campaign(kei, parts=(DayPart(frozenset(range(7)), 11 * 60, 13 * 60),))
    a_campaign(kei, parts=(DayPart(frozenset(range(7)), 12 * 60 + 30, 18 * 60),))

    with edge.collecting() as collector:
        assert len(manifest(site, at=NOON)) == 1
    note = collector.note()

    assert note.closes == (NOON + HOUR).timestamp()
    assert note.opens == (NOON + HOUR / 2).timestamp()


@pytest.mark.parametrize("verb", [Verb.PAUSE, Verb.END, Verb.KILL, Verb.RETURN])
def test_what_is_taken_back_is_listed_no_more(reader, campaign, kei, verb):
    assert reader.get("/offers.json").json()["offers"]

    move(campaign.pk, verb, by=kei.pk, reason="Over.", at=NOON)

    assert reader.get("/offers.json").json()["offers"] == []


def test_the_list_leaves_out_drafts_other_mastheads_and_what_stands_nowhere(reader, kei, campaign):
    a_masthead("kinako")
    a_draft(kei)
    campaign.creatives.get().slots.all().delete()

    assert reader.get("/offers.json").json()["offers"] == []
    assert Reader("kinako.localhost").get("/offers.json").json()["offers"] == []


def test_a_picture_that_may_not_be_shown_is_left_out(reader, kei, media_root):
    picture = a_picture()
    a_campaign(kei, creatives=(a_creative(picture_id=picture.pk, alt="A quay"),))
    type(picture).objects.filter(pk=picture.pk).update(
        killed_at=NOON, killed_reason="Wrong.", killed_by="Ana"
    )

    (one,) = reader.get("/offers.json").json()["offers"]
    assert one["ads"][0]["picture"] is None


# Links


def test_a_click_leads_to_where_the_offer_is_for_and_is_counted(reader, name):
    answer = reader.get(f"/p/c/{name}", **AS_READER)

    assert answer.status_code == 302
    assert answer["Location"] == "https://kumo.example/japan?from=story"
    assert answer["Cache-Control"] == "no-store"
    assert total("clicks") == 1


def test_no_address_is_ever_taken_from_what_is_asked(reader, name):
    answer = reader.get(f"/p/c/{name}?url=https://evil.example/&to=//evil.example", **AS_READER)

    assert answer["Location"] == "https://kumo.example/japan?from=story"


def test_a_robot_is_led_on_and_not_counted(reader, name):
    assert reader.get(f"/p/c/{name}", **{"user-agent": "Googlebot/2.1"}).status_code == 302
    assert reader.client.head(
        f"/p/c/{name}", headers={"host": reader.host, **AS_READER}
    ).status_code == 302  # fmt: skip
    assert total("clicks") == 0


@pytest.mark.parametrize(("slot", "counted"), [(Slot.NEWSLETTER, 1), (Slot.BODY, 0)])
def test_a_letters_offer_is_followed_from_anywhere_and_a_pages_from_it(reader, kei, slot, counted):
    campaign = a_campaign(kei, creatives=[a_creative(slots=(slot,))])
    name = links.sign(campaign.pk, campaign.creatives.get().pk, slot)
    in_webmail = {"sec-fetch-site": "cross-site", **AS_READER}
    assert reader.get(f"/p/c/{name}", **in_webmail).status_code == 302
    assert total("clicks") == counted


@pytest.mark.parametrize(
    ("verb", "status"),
    [(Verb.PAUSE, 302), (Verb.END, 302), (Verb.RETURN, 404), (Verb.KILL, 404)],
)
def test_a_link_on_a_page_that_is_open_outlives_a_pause_and_no_kill(
    reader, campaign, name, kei, verb, status
):
    move(campaign.pk, verb, by=kei.pk, reason="Over.", at=NOON)

    assert reader.get(f"/p/c/{name}", **AS_READER).status_code == status
    assert total("clicks") == 0


def test_a_link_leads_from_its_own_masthead_only(name):
    a_masthead("kinako")

    assert Reader("kinako.localhost").get(f"/p/c/{name}").status_code == 404


def test_a_link_never_leads_to_what_could_not_be_booked(reader, campaign, name):
    campaign.creatives.update(target_url="http://127.0.0.1/admin")

    assert reader.get(f"/p/c/{name}", **AS_READER).status_code == 404


@pytest.mark.soak
def test_no_link_that_was_tampered_with_leads_anywhere(reader, campaign, name, soaking):
    """A million in a soak: each is the real name with something changed, cut or put in."""
    letters = "ABCXYZabcxyz0189-_.~%/?@:"
    led, tries = 0, 1_000_000 if soaking else 10_000
    for n in range(tries):
        at, way, one, two = (
            int(unit(n, word) * most)
            for word, most in (("at", len(name) + 1), ("way", 4), (1, 25), (2, 25))
        )
        more = letters[one] + letters[two]
        other = (
            name[:at],
            name[at:],
            name[:at] + more + name[at:],
            name[:at] + more + name[at + 2 :],
        )[way]
        if other != name:
            led += target_of(other, campaign.home_id) is not None
    assert led == 0
    for other in (forge(name), name.upper(), f"{name}.", f"{name}/x", "https://evil.example/"):
        assert reader.get(f"/p/c/{other}", **AS_READER).status_code == 404


# What was seen


def test_what_browsers_tell_is_counted_and_answered_with_nothing(reader, name):
    answer = tell(reader, [["chance", name], ["viewable", name], ["copy", name]])

    assert (answer.status_code, answer.content) == (204, b"")
    assert not answer.cookies
    assert (total("chances"), total("viewable"), total("copies")) == (1, 1, 1)


@pytest.mark.parametrize(
    "body",
    ["", "{", "[" * 5_000, '{"a": 1}', '[1, [2], [3, 4], ["viewable"]]', "é", "null"],
    ids=["empty", "cut", "deep", "object", "numbers", "letter", "null"],
)
def test_a_body_that_is_no_list_of_events_is_answered_alike(reader, name, body):
    assert tell(reader, body.encode("latin-1")).status_code == 204
    assert not models.Count.objects.exists()


def test_a_click_is_counted_by_its_link_and_by_nothing_else(reader, name):
    tell(reader, [["click", name], ["viewable", forge(name)], ["else", name]])

    assert not models.Count.objects.exists()


def test_no_more_than_sixty_events_are_read(name):
    assert said.read(json.dumps([["viewable", name]] * 100).encode()) == [
        (Event.VIEWABLE, name)
    ] * 60  # fmt: skip


def test_what_is_too_large_is_not_read(reader, name):
    body = json.dumps([["viewable", name]]).encode() + b" " * 9_000

    assert tell(reader, body).status_code == 204
    assert not models.Count.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "curl/8"},
        {"sec-fetch-site": "cross-site"},
        {"sec-purpose": "prefetch;prerender"},
    ],
)
def test_what_no_reader_asked_for_is_not_counted(reader, name, headers):
    assert tell(reader, [["viewable", name]], **headers).status_code == 204
    assert not models.Count.objects.exists()


def test_one_address_is_counted_only_so_often(reader, name, monkeypatch):
    for _ in range(70):
        assert tell(reader, [["viewable", name]]).status_code == 204
    assert total("viewable") == 60

    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(seconds=5))
    for _ in range(20):
        tell(reader, [["viewable", name]])
    assert total("viewable") == 70


def test_rates_remember_a_bounded_number_of_addresses():
    rates = Rates(burst=1, per_s=0)
    assert rates.allows("203.0.113.7", now=0)
    for n in range(REMEMBER_AT_MOST):
        rates.allows(f"a{n}", now=0)

    assert len(rates.left) <= REMEMBER_AT_MOST
    assert rates.allows("203.0.113.7", now=0)


# ads.txt


def test_a_domain_answers_with_its_ads_txt(reader, kei):
    assert reader.get("/ads.txt").status_code == 404

    save_ads_txt("musashi.localhost", "ads.example, 1, DIRECT", by=kei.pk)

    answer = reader.get("/ads.txt")
    assert answer.content == b"ads.example, 1, DIRECT\n"
    assert answer["Content-Type"].startswith("text/plain")


# The page


def test_a_story_has_a_place_for_an_offer_with_our_own_labelled_in_it(reader, masthead):
    story = a_story("Ferry")
    page = reader.page(path_of(story))

    (slot,) = page.cssselect("[data-offer]")
    assert (slot.get("data-offer"), slot.get("data-sections")) == ("body", "world")
    assert slot.cssselect(".offer-label")[0].text_content() == "From Musashi"
    # What a script fills in has its label's place and its rel already.
    filled = slot.cssselect("template")[0]
    assert {a.get("rel") for a in filled.cssselect("a")} == {"sponsored"}
    assert len(filled.cssselect(".offer-label")) == 1


def test_a_sensitive_story_has_no_place_for_offers(reader, masthead):
    page = reader.page(path_of(a_story("Quake", sensitive=True)))

    assert page.cssselect("[data-offer]") == []


@pytest.mark.parametrize(("path", "slot"), [("/", Slot.FRONT), ("/world/", Slot.RAIL)])
def test_fronts_and_sections_have_their_own_places(reader, masthead, path, slot):
    (found,) = reader.page(path).cssselect("[data-offer]")

    assert found.get("data-offer") == slot
    assert found.get("data-sections") == ("world" if slot is Slot.RAIL else "")


def test_a_japanese_title_labels_in_japanese(reader):
    a_masthead("asahi", language="ja", name="武蔵日報")

    (slot,) = Reader("asahi.localhost").page("/").cssselect("[data-offer]")
    assert slot.cssselect(".offer-label")[0].text_content() == "武蔵日報から"


def test_a_page_with_an_offer_is_shared_as_before(reader, masthead):
    story = a_story("Ferry")

    answer = reader.client.get(path_of(story), HTTP_HOST=reader.host, **{ASKED: "1"})

    assert answer[ANSWER] not in {PASS, "refuse"}
    assert not answer.cookies
