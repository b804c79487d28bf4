"""The desk's screens for offers: from a form to a report, for those whose masthead it is."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from lxml import html

from dateline.charts import chart
from dateline.promos import models
from dateline.promos.adapters import links
from dateline.promos.domain.kinds import Slot, Verb
from dateline.promos.queries import delivery
from dateline.promos.services.running import move
from tests.desk.conftest import client_for
from tests.factories.discussion import a_reader
from tests.factories.newsroom import a_masthead
from tests.factories.pictures import a_picture
from tests.factories.promos import (
    NOON,
    a_campaign,
    a_creative,
    a_draft,
    a_manager,
    forge,
)
from tests.factories.web import Reader, every, words_of

DAY = timedelta(days=1)
FORM = {
    "name": "Autumn", "advertiser": "Kumo SIM", "home": "musashi", "mastheads": ["musashi"],
    "label": "promoted", "tier": "guaranteed", "goal": "4000", "weight": "1",
    "first_day": "2026-11-19", "last_day": "2026-11-22", "from_hour": "", "to_hour": "",
    "sections": "world", "not_sections": "", "topics": "travel, rail", "not_topics": "",
    "languages": "", "cap_views": "3", "cap_hours": "24",
    "ad-TOTAL_FORMS": "1", "ad-INITIAL_FORMS": "0", "ad-0-creative_id": "", "ad-0-kind": "offer",
    "ad-0-headline": "A SIM for every trip", "ad-0-text": "22 % off.", "ad-0-code": "TRIP22",
    "ad-0-cta": "", "ad-0-target_url": "https://kumo.example/", "ad-0-picture_id": "",
    "ad-0-alt": "", "ad-0-slots": ["body"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_remembered():
    yield
    cache.clear()


def enter(person):
    person.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    return client_for(person)


@pytest.fixture
def desk(kei):
    return enter(kei)


def page(answer, status=200):
    assert answer.status_code == status, answer.content[:500]
    return html.document_fromstring(answer.content)


def counted(campaign, *, at=NOON, **numbers):
    models.Count.objects.create(
        campaign=campaign, creative=campaign.creatives.first(), masthead=campaign.home,
        slot="body", hour=at, **numbers,
    )  # fmt: skip


def test_a_campaign_is_booked_read_approved_paused_and_killed(desk):
    answer = desk.post("/offers/new/", FORM)
    row = models.Campaign.objects.get()
    assert answer["Location"] == f"/offers/{row.pk}/"

    for verb, state in (
        ("submit", "submitted"), ("approve", "approved"), ("pause", "paused"), ("kill", "killed"),
    ):  # fmt: skip
        desk.post(f"/offers/{row.pk}/move/", {"verb": verb, "reason": "Because."})
        row.refresh_from_db()
        assert row.state == state

    shown = page(desk.get(f"/offers/{row.pk}/"))
    assert "A SIM for every trip" in words_of(shown)
    assert [line.split(" · ")[1].replace(" ,", ",") for line in every(shown, ".promo-notes li")] == [
        "kill, killed", "pause, paused", "approve, approved", "submit, submitted", "book, draft",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"last_day": "2026-11-18"}, "before it begins"),
        ({"sections": "food"}, "has a section 'food'"),
        ({"not_topics": "rail"}, "wants the topic 'rail' and refuses it"),
        ({"ad-0-target_url": "javascript:alert(1)"}, "must begin with https"),
        ({"ad-0-picture_id": "1"}, "says what it shows"),
        ({"advertiser": ""}, "This field is required"),
        ({"label": ""}, "This field is required"),
        ({"home": "kinako"}, "Select a valid choice"),
        ({"from_hour": "20", "to_hour": "8"}, "two parts"),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(desk, wrong, problem):
    shown = page(desk.post("/offers/new/", {**FORM, **wrong}), 422)

    assert problem in " ".join(every(shown, ".promo-problem"))
    assert shown.cssselect("[name=name]")[0].get("value") == "Autumn"
    assert not models.Campaign.objects.exists()


def test_a_form_begins_with_the_day_and_the_title(desk):
    shown = page(desk.get("/offers/new/"))

    assert shown.cssselect("[name=first_day]")[0].get("value") == "2026-11-20"
    assert shown.cssselect("[name=mastheads]")[0].get("checked") is not None


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [("", "", []), ("8", "", [[[0, 1, 2, 3, 4, 5, 6], 480, 1440]]),
     ("", "9", [[[0, 1, 2, 3, 4, 5, 6], 0, 540]])],
)  # fmt: skip
def test_a_part_of_the_day_may_be_open_at_either_end(desk, first, last, expected):
    desk.post("/offers/new/", {**FORM, "from_hour": first, "to_hour": last})

    assert models.Campaign.objects.get().day_parts == expected


def test_a_draft_is_changed_and_its_creatives_with_it(desk):
    desk.post("/offers/new/", {**FORM, "from_hour": "8", "to_hour": "12"})
    row = models.Campaign.objects.get()
    creative = row.creatives.get()
    shown = page(desk.get(f"/offers/{row.pk}/edit/"))
    assert shown.cssselect("[name=ad-0-headline]")[0].get("value") == "A SIM for every trip"
    assert shown.cssselect("[name=from_hour]")[0].get("value") == "8"

    answer = desk.post(
        f"/offers/{row.pk}/edit/",
        {**FORM, "name": "Winter", "ad-INITIAL_FORMS": "1", "ad-0-creative_id": creative.pk,
         "ad-0-headline": "Another"},
    )  # fmt: skip

    assert answer.status_code == 302
    row.refresh_from_db()
    creative.refresh_from_db()
    assert (row.name, creative.headline) == ("Winter", "Another")


def test_what_is_approved_is_not_changed_behind_its_back(desk, kei):
    row = a_campaign(kei)

    assert "Return it to draft" in words_of(
        page(desk.post(f"/offers/{row.pk}/edit/", {**FORM, "name": "Sly"}), 422)
    )
    assert page(desk.get(f"/offers/{row.pk}/")).cssselect(f"a[href='/offers/{row.pk}/edit/']") == []


def test_the_list_shows_delivery_beside_the_plan(desk, kei):
    row = a_campaign(kei, tier="guaranteed", goal=4_000)
    counted(row, viewable=1_480, clicks=12)
    a_draft(kei)

    shown = page(desk.get("/offers/"))

    rows = shown.cssselect(".promo-table tbody tr")
    assert words_of(rows[1]).endswith("guaranteed 1480 1500 4000 12")
    assert words_of(rows[0]).endswith("share 0 – – 0")


def test_an_empty_list_says_so(desk):
    assert "No campaign is booked yet." in words_of(page(desk.get("/offers/")))


def test_a_decision_that_cannot_be_is_told(desk, kei):
    row = a_draft(kei)

    for told, problem in (
        ({"verb": "approve"}, "you cannot approve it"),
        ({"verb": "start"}, "Choose what to do"),
        ({}, "Choose what to do"),
    ):
        answer = desk.post(f"/offers/{row.pk}/move/", told, follow=True)
        assert problem in words_of(page(answer))


def test_an_ads_txt_is_edited_and_its_mistakes_are_told(desk):
    wrong = desk.post("/offers/ads-txt/", {"domain": "musashi.localhost", "text": "nonsense"})
    assert "Line 1: expected" in words_of(page(wrong, 422))

    desk.post("/offers/ads-txt/", {"domain": "musashi.localhost", "text": "a.example, 1, DIRECT"})

    assert "a.example, 1, DIRECT" in words_of(page(desk.get("/offers/ads-txt/")))


# Four eyes


def test_whoever_wrote_a_campaign_is_told_who_may_approve_it(desk, kei, masthead):
    row = a_draft(kei)
    move(row.pk, Verb.SUBMIT, by=kei.pk, at=NOON)
    ren = enter(a_manager(masthead, "Ren Ueda"))

    own, other = (page(who.get(f"/offers/{row.pk}/")) for who in (desk, ren))
    assert "You wrote this campaign: " in words_of(own)
    assert own.cssselect("[value=approve]") == []
    assert "You wrote this campaign" not in words_of(other)

    answer = desk.post(f"/offers/{row.pk}/move/", {"verb": "approve"}, follow=True)
    assert "to approve." in words_of(page(answer))
    assert other.cssselect("[value=approve]")
    ren.post(f"/offers/{row.pk}/move/", {"verb": "approve"})
    row.refresh_from_db()
    assert row.state == "approved"


# People


def test_only_who_leads_is_led_to_the_people(desk, boss):
    people = "a[href='/posts/?work=offers']"
    assert page(desk.get("/offers/")).cssselect(people) == []
    assert page(enter(boss).get("/offers/")).cssselect(people)


# Preview


def test_a_draft_is_seen_as_readers_would_see_it(desk, kei, media_root):
    row = a_draft(
        kei,
        creatives=(
            a_creative(picture_id=a_picture().pk, alt="A quay"),
            a_creative(
                kind="job", code="", cta="", text="", headline="Deckhand",
                slots=frozenset({Slot.RAIL, Slot.FRONT}),
            ),
        ),
    )  # fmt: skip

    shown = page(desk.get(f"/offers/{row.pk}/preview/"))

    boxes = shown.cssselect(".offer")
    assert [box.get("class") for box in boxes] == [
        "offer offer-body", "offer offer-front", "offer offer-rail"
    ]  # fmt: skip
    assert every(shown, ".offer-label") == ["Promoted by Kumo SIM"] * 3
    assert every(boxes[0], ".offer-code code") == ["MUSASHI22"]
    assert boxes[0].cssselect("img")[0].get("alt") == "A quay"
    assert every(shown, ".offer-kind") == ["", "Job", "Job"]
    assert boxes[1].cssselect("img, .offer-code") == []
    assert every(boxes[1], ".offer-go") == ["Learn more"]
    assert {link.get("rel") for link in shown.cssselect(".offer a")} == {"sponsored"}
    assert shown.cssselect("link[href='/preview/musashi/look.css']")
    assert not models.Count.objects.exists()


def test_a_preview_shows_an_item_of_the_mix_as_one(kei, media_root):
    mix = frozenset({Slot.MIX})
    row = a_draft(
        kei,
        creatives=(
            a_creative(slots=mix, picture_id=a_picture().pk, alt="A quay"),
            a_creative(slots=mix, headline="Words only"),
        ),
    )

    shown = page(enter(kei).get(f"/offers/{row.pk}/preview/"))

    assert every(shown, ".mix-offer .offer-label") == ["Promoted by Kumo SIM"] * 2
    assert [img.get("alt") for img in shown.cssselect(".mix-offer img")] == ["A quay"]
    assert {link.get("rel") for link in shown.cssselect(".mix-offer a")} == {"sponsored"}
    assert not shown.cssselect(".offer-box")


def test_a_preview_is_drawn_for_each_title_of_its_campaign(boss):
    a_masthead("kinako")
    row = a_draft(boss, on=("musashi", "kinako"), tier="house", label="house")
    desk = enter(boss)

    for asked, label in (("", "From Musashi"), ("kinako", "From Kinako"), ("x", "From Musashi")):
        shown = page(desk.get(f"/offers/{row.pk}/preview/?masthead={asked}"))
        assert every(shown, ".offer-label") == [label]
        assert every(shown, "[aria-current]") == [label.removeprefix("From ")]


ADDRESSES = (
    "/offers/", "/offers/new/", "/offers/ads-txt/", "/offers/{}/", "/offers/{}/edit/",
    "/offers/{}/move/", "/offers/{}/preview/",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_screen_asks_who_comes(kei, address):
    """Nobody without an account, no member of the newsroom who books nothing, and no stranger."""
    row = a_draft(kei)
    other = a_manager(a_masthead("kinako"), "Ren Ueda")
    path = address.format(row.pk)
    ask = "post" if path.endswith("move/") else "get"
    strangers = {
        "nobody": client_for(a_reader()), "newsroom": enter(a_reader("Jo")), "other": enter(other),
    }  # fmt: skip

    found = {name: getattr(who, ask)(path).status_code for name, who in strangers.items()}

    assert found["nobody"] in {302, 403}
    assert found["newsroom"] in {302, 403}
    assert found["other"] == (404 if "{}" in address else 200)
    assert getattr(enter(kei), ask)(path).status_code in {200, 302}
    row.refresh_from_db()
    assert row.state == "draft"


def test_the_menu_has_offers_for_those_who_book_them(desk):
    assert "/offers/" in desk.get("/").content.decode()
    assert '"/offers/"' not in enter(a_reader("Jo")).get("/").content.decode()


# The report


def test_an_advertiser_reads_numbers_by_day_and_changes_nothing(kei):
    row = a_campaign(kei, tier="guaranteed", goal=4_000)
    counted(row, viewable=900, clicks=9, copies=2, at=NOON - DAY)
    counted(row, viewable=500, clicks=1)
    path = f"/p/r/{links.sign_report(row.pk)}"
    reader = Reader()

    answer = reader.get(path)
    shown = html.document_fromstring(answer.content)
    table = reader.get(f"{path}/days.csv")

    assert every(shown, ".promo-sums dd") == ["1400", "1500", "4000", "10", "0.71", "2"]
    assert shown.cssselect("form") == []
    assert shown.cssselect(".promo-plan")
    assert answer["Cache-Control"] == "private, no-store"
    assert table.content.decode().splitlines() == [
        "day,viewable,planned,clicks,codes copied",
        "2026-11-19,900,1000,9,2",
        "2026-11-20,500,1000,1,0",
        "2026-11-21,0,1000,0,0",
        "2026-11-22,0,1000,0,0",
    ]
    assert reader.client.post(path, headers={"host": reader.host}).status_code == 405


def test_a_report_without_a_goal_has_no_plan(kei):
    row = a_campaign(kei)
    path = f"/p/r/{links.sign_report(row.pk)}"

    assert Reader().page(path).cssselect(".promo-plan") == []
    assert Reader().get(f"{path}/days.csv").content.decode().splitlines()[1] == "2026-11-19,0,,0,0"


def test_a_report_of_nothing_is_none(kei):
    name = links.sign_report(a_draft(kei).pk)

    for wrong in (forge(name), links.sign_report(999_999), "x"):
        assert Reader().get(f"/p/r/{wrong}").status_code == 404
    assert delivery.report(999_999, at=NOON) is None


def test_a_chart_draws_running_totals_to_one_scale():
    drawn = chart(planned=[50, 100], delivered=[25])

    assert (drawn.plan, drawn.delivered) == ("M4 196 L320.0 100.0 636.0 4.0", "M4 196 L320.0 148.0")
    assert drawn.most == 100
    assert chart(planned=[], delivered=[]).plan == ""


def test_a_killed_campaign_keeps_its_report(kei):
    row = a_campaign(kei, creatives=(a_creative(),))
    move(row.pk, Verb.KILL, by=kei.pk, reason="Fraud.", at=NOON)

    assert Reader().get(f"/p/r/{links.sign_report(row.pk)}").status_code == 200
