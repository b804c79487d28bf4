"""Notices of illegal content by anybody: the form, what becomes of one, the numbers of a year."""

import csv
import io
import json

import pytest
from django.test import Client
from lxml import html

from dateline import clock
from dateline.discussion import models
from dateline.discussion.domain.notices import Outcome
from dateline.discussion.services import notices
from dateline.mastheads.models import Masthead
from tests.factories.discussion import MINUTE, NOON, a_comment, a_moderator
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import every, links, one

pytestmark = pytest.mark.django_db

PATH = "/notices/"
TYPED = {
    "address": "https://musashi.localhost/world/ferry-1", "kind": "privacy",
    "reasons": "It names my child and the school.", "name": "Yui Mori",
    "email": "yui@example.test", "good_faith": "yes",
}  # fmt: skip


@pytest.fixture(autouse=True)
def here(musashi, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON + MINUTE)
    return musashi


@pytest.fixture
def anybody():
    return Client(headers={"host": "musashi.localhost"})


def page(client, path=PATH, status=200, **fields):
    answer = client.post(path, fields) if fields else client.get(path)
    assert answer.status_code == status, answer.content[:300]
    return html.document_fromstring(answer.content)


def test_anybody_finds_the_form_below_every_page(anybody):
    assert PATH in links(page(anybody, "/"))

    found = page(anybody, f"{PATH}?address=https://musashi.localhost/x-1")

    assert one(found, "h1") == "Report illegal content"
    assert found.cssselect("#notice-address")[0].get("value") == "https://musashi.localhost/x-1"
    for control in found.cssselect(".own form :is(input, select, textarea):not([type=hidden])"):
        assert found.cssselect(f"label[for={control.get('id')}]"), control.get("name")


def test_a_notice_leads_to_a_page_that_shows_what_becomes_of_it(anybody, here):
    row = a_comment(a_story(at=NOON - MINUTE), here, "The child is Mika.")
    typed = TYPED | {"address": f"https://musashi.localhost/world/ferry-1/comments/{row.pk}"}

    answer = anybody.post(PATH, typed)
    notice = models.Notice.objects.get()
    waiting = page(anybody, answer["Location"])

    assert (notice.comment, notice.email) == (row, "yui@example.test")
    assert one(waiting, ".own-code") == notice.reference
    assert one(waiting, "[role=status]").startswith("We have your notice.")
    assert "Mika" not in one(waiting, ".own")
    assert "yui@" not in one(waiting, ".own")
    notices.decide_notice(
        notice.pk, by=a_moderator(here).pk, outcome=Outcome.ACTED, answer="It names a child."
    )
    told = one(page(anybody, answer["Location"]), ".own")
    for part in ("We acted on it", "It names a child.", "A person decided", "court"):
        assert part in told
    assert "Mio" not in told


def test_a_notice_that_was_not_followed_says_why(anybody, here):
    answer = anybody.post(PATH, TYPED)
    notices.decide_notice(
        models.Notice.objects.get().pk, by=a_moderator(here).pk, outcome=Outcome.KEPT,
        answer="The school is named nowhere.",
    )  # fmt: skip

    assert "The school is named nowhere." in one(page(anybody, answer["Location"]), ".own-facts")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("address", "ferry", "Give the full address"),
        ("kind", "", "Choose what it is."),
        ("reasons", "Bad.", "Say why in 20 to 5,000 characters."),
        ("name", " ", "Give your name."),
        ("email", "yui", "Give an e-mail address"),
        ("good_faith", "", "Confirm"),
    ],
)
def test_what_is_missing_is_named_and_nothing_typed_is_lost(anybody, field, value, said):
    found = page(anybody, PATH, 422, **(TYPED | {field: value}))

    assert one(found, "#notice-problem").startswith(said)
    (wrong,) = found.cssselect("[aria-invalid=true]")
    assert wrong.get("name") == field
    if field != "reasons":
        assert one(found, "#notice-reasons") == TYPED["reasons"]
    if field != "kind":
        assert found.cssselect("option[selected]")[0].get("value") == "privacy"
    assert models.Notice.objects.count() == 0


def test_what_people_do_not_see_they_do_not_fill_in_and_whose_browser_did_sends_it_again(anybody):
    found = page(anybody, PATH, 422, **TYPED, website="https://spam.example")

    assert "send it once more" in one(found, ".own-problem")
    assert one(found, "#notice-reasons") == TYPED["reasons"]
    assert found.cssselect("#notice-website")[0].get("value") is None
    assert models.Notice.objects.count() == 0


def test_a_flood_from_one_place_is_stopped_and_other_places_are_not(anybody):
    for number in range(10):
        assert (
            anybody.post(PATH, TYPED | {"reasons": f"Reason number {number:010}."}).status_code
            == 302
        )

    found = page(anybody, PATH, 429, **TYPED)
    elsewhere = Client(headers={"host": "musashi.localhost"}, REMOTE_ADDR="203.0.113.9")

    assert "Try again in an hour" in one(found, "#notice-problem")
    assert one(found, "#notice-reasons") == TYPED["reasons"]
    assert elsewhere.post(PATH, TYPED).status_code == 302


def test_a_link_shows_its_own_notice_on_its_own_title(anybody):
    a_masthead("kinako")
    address = anybody.post(PATH, TYPED)["Location"]

    elsewhere = Client(headers={"host": "kinako.localhost"})
    assert elsewhere.get(address).status_code == 404
    assert anybody.get(f"{PATH}{models.Notice.objects.get().reference}/").status_code == 404
    assert anybody.get(f"{PATH}{notices.link_of('N2026-ABCDEFGH')}/").status_code == 404


def test_no_cache_keeps_a_page_of_notices(anybody):
    address = anybody.post(PATH, TYPED)["Location"]

    for path in (PATH, address, f"{PATH}numbers/2026/"):
        assert anybody.get(path)["Cache-Control"] == "private, no-store", path


def test_a_form_from_another_site_is_refused():
    client = Client(headers={"host": "musashi.localhost"}, enforce_csrf_checks=True)

    assert client.post(PATH, TYPED).status_code == 403
    assert models.Notice.objects.count() == 0


def test_the_numbers_of_a_year_are_a_page_a_csv_and_a_json(anybody):
    anybody.post(PATH, TYPED)

    found = page(anybody, f"{PATH}numbers/2026/")
    answer = anybody.get(f"{PATH}numbers/2026.csv")
    told = json.loads(anybody.get(f"{PATH}numbers/2026.json").content)

    assert one(found, "h1") == "Notices and decisions in 2026"
    assert "received 1" in every(found, "tr")
    assert "Private data or pictures 1" in every(found, "tr")
    assert "3. Somebody's private data. 0" in every(found, "tr")
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[:2] == [["group", "what", "number"], ["notices", "received_n", "1"]]
    assert answer["Content-Disposition"] == 'attachment; filename="notices-2026.csv"'
    assert (told["year"], told["title"], told["notices"]["privacy"]) == (2026, "Musashi", 1)
    assert b"yui" not in answer.content


@pytest.mark.parametrize("year", [1999, 2027])
@pytest.mark.parametrize("end", ["/", ".csv", ".json"])
def test_a_year_that_was_not_has_no_numbers(anybody, year, end):
    assert anybody.get(f"{PATH}numbers/{year}{end}").status_code == 404


def test_a_japanese_title_asks_in_japanese(anybody):
    Masthead.objects.update(language="ja")

    assert one(page(anybody), "h1") == "違法な内容の通報"
    assert "人に対する侮辱や脅し。" in one(page(anybody, f"{PATH}numbers/2026/"), ".own")
