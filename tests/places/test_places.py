"""Places of a title: kept on the desk, shown to readers with the stories from there."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from dateline import clock
from dateline.edge import keys
from dateline.outbox.models import FactRecord
from dateline.places import handlers, models
from dateline.places.domain.checks import problems_of_position
from dateline.places.domain.errors import PlaceRefused
from dateline.places.domain.words import ENGLISH, JAPANESE, words_for
from dateline.places.events import PlaceChanged
from dateline.places.forms import PlaceForm
from dateline.places.services import delete_place, describe_place, keep_place
from dateline.stories.models import Topic
from dateline.stories.services import kills
from dateline.stories.services.drafting import save_topic
from tests.desk.conftest import client_for
from tests.factories.newsroom import a_masthead, a_story, an_editor
from tests.factories.pictures import a_picture
from tests.factories.web import NOON, Reader, every, links, one

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def masthead(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return a_masthead()


@pytest.fixture
def reader(masthead):
    return Reader()


@pytest.fixture
def ana(masthead):
    yield client_for(an_editor())
    cache.clear()


def a_place(masthead, name="Yukimori", **fields):
    told = {
        "slug": name.lower(), "region": "Kitayama", "text": "A stove.\n\nA bench.",
        "access": "Hazeno line, last stop.", "season": "February, for the snow.",
        "latitude": Decimal("43.06"), "longitude": Decimal("141.35"), **fields,
    }  # fmt: skip
    place = models.Place(masthead=masthead, name=name, **told)
    keep_place(place, by="Ana")
    return place


def about(story, topic_id):
    story.topics.set([topic_id])
    story.save()
    return story


def test_places_are_listed_by_region_and_name(reader, masthead):
    a_place(masthead)
    a_place(masthead, "Asanagi", region="Coast")
    a_place(a_masthead("kinako"), "Elsewhere")

    page = reader.page("/places/")

    assert every(page, ".place-name") == ["Asanagi", "Yukimori"]
    assert "/places/asanagi/" in links(page)
    reader.page("/places/?page=2", 404)


def test_a_title_without_places_says_so(reader):
    assert "No place is described yet" in one(reader.page("/places/"), ".empty")


def test_a_section_of_this_name_keeps_its_stories(masthead):
    rails = a_masthead("rails", sections=("places",))
    for number in range(2):
        a_story(f"Walk {number}", on=("rails",), section="places", at=NOON - HOUR)
    there = Reader("rails.localhost")
    assert len(every(there.page("/places/"), ".card-headline")) == 2

    a_place(rails)
    page = there.page("/places/")
    assert every(page, ".place-name") == ["Yukimori"]
    assert "/places/?page=1" in links(page)
    assert len(every(there.page("/places/?page=1"), ".card-headline")) == 2


def test_a_place_has_a_page_with_its_facts_and_the_stories_from_there(reader, masthead, media_root):
    topic = save_topic(slug="yukimori", name="Yukimori")
    place = a_place(masthead, topic_id=topic, picture=a_picture("stove"))
    about(a_story("The stove", at=NOON - HOUR), topic)
    about(a_story("Coming", at=NOON - HOUR, embargo_until=NOON + HOUR), topic)
    killed = about(a_story("Wrong", at=NOON - HOUR), topic)
    kills.kill_story(killed.pk, reason="Wrong.", by="Ana")
    a_story("Another", at=NOON - HOUR)

    page = reader.page("/places/yukimori/")

    assert one(page, "h1") == str(place).split(" #")[0] == "Yukimori"
    assert every(page, ".place-text p") == ["A stove.", "A bench."]
    assert every(page, ".place-facts dd") == [
        "Kitayama", "Hazeno line, last stop.", "February, for the snow.", "43.06000, 141.35000",
    ]  # fmt: skip
    assert every(page, ".place-stories .card-headline") == ["The stove"]
    assert page.cssselect(".place-picture img")
    told = json.loads(page.cssselect("script[type='application/ld+json']")[0].text)
    assert (told["@type"], told["geo"]["latitude"]) == ("Place", 43.06)


def test_a_place_of_which_little_is_known_is_shown_too(reader, masthead):
    a_place(masthead, access="", season="", latitude=None, longitude=None)

    page = reader.page("/places/yukimori/")

    assert every(page, ".place-facts dd") == ["Kitayama"]
    assert not page.cssselect(".place-stories")
    reader.page("/places/nowhere/", 404)


def test_a_page_costs_no_more_for_many(reader, masthead):
    topic = save_topic(slug="yukimori", name="Yukimori")
    a_place(masthead, topic_id=topic)
    about(a_story("First", at=NOON - HOUR), topic)
    paths = ("/places/", "/places/yukimori/")
    few = [cost(path) for path in paths]
    for number in range(8):
        about(a_story(f"More {number}", at=NOON - HOUR), topic)
        a_place(masthead, f"Place{number}")

    assert [cost(path) for path in paths] == few == [5, 6]


def cost(path):
    with CaptureQueriesContext(connection) as queries:
        assert Reader().get(path).status_code == 200
    return len(queries)


def test_a_change_purges_the_places_of_both_titles(masthead, monkeypatch):
    kinako = a_masthead("kinako")
    place = a_place(masthead)
    place.masthead = kinako
    keep_place(place, by="Ana")
    delete_place(place.pk, by="Ana")

    both = sorted([masthead.pk, kinako.pk])
    told = FactRecord.objects.filter(name="place.changed").order_by("pk")
    assert [one.payload["mastheads"] for one in told] == [[masthead.pk], both, [kinako.pk]]
    purged = []
    monkeypatch.setattr(handlers.edge, "purge", lambda tags, cause: purged.append((tags, cause)))
    handlers.show(PlaceChanged(place_id=7, mastheads=(1, 2), by="Ana", at=NOON))
    assert purged == [([keys.places(1), keys.places(2)], "place.changed 7")]


@pytest.mark.parametrize(
    ("latitude", "longitude", "found"),
    [
        (None, None, {}),
        (Decimal(43), Decimal(141), {}),
        (Decimal(43), None, {"longitude": "A position needs both numbers. Give the other one too."}),
        (None, Decimal(4), {"latitude": "A position needs both numbers. Give the other one too."}),
        (
            Decimal(141), Decimal(43),
            {"latitude": "141 is outside -90 to 90. Are the two changed round?"},
        ),
    ],
)  # fmt: skip
def test_a_position_is_two_numbers_on_the_globe(latitude, longitude, found):
    assert problems_of_position(latitude, longitude) == found


def test_the_service_and_the_database_refuse_another(masthead):
    with pytest.raises(PlaceRefused, match="outside -90 to 90"):
        a_place(masthead, latitude=Decimal(141))
    place = a_place(masthead)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Place.objects.filter(pk=place.pk).update(latitude=None)


def test_both_languages_have_every_word():
    assert ENGLISH.keys() == JAPANESE.keys()
    assert words_for("ja") is JAPANESE
    assert words_for("fr") is ENGLISH


FORM = {
    "name": "Yukimori", "slug": "yukimori", "region": "Kitayama", "text": "A stove.", "access": "",
    "season": "", "latitude": "43.06", "longitude": "141.35", "picture": "", "topic": "",
}  # fmt: skip
DESK = "/snippets/places/place"


def test_a_place_is_added_changed_and_deleted_on_the_desk(ana, masthead):
    form = {**FORM, "masthead": masthead.pk}
    assert ana.post(f"{DESK}/add/", form).status_code == 302
    place = models.Place.objects.get()
    ana.post(f"{DESK}/edit/{place.pk}/", {**form, "name": "Yukimori station"})
    place.refresh_from_db()
    assert place.name == "Yukimori station"

    wrong = ana.post(f"{DESK}/edit/{place.pk}/", {**form, "latitude": "143", "name": "Other"})
    assert b"143 is outside -90 to 90" in wrong.content
    assert b'value="Other"' in wrong.content
    half = ana.post(f"{DESK}/edit/{place.pk}/", {**form, "latitude": "x"})
    assert half.content.count(b"A position needs both") == 0

    ana.post(f"{DESK}/delete/{place.pk}/")
    assert not models.Place.objects.exists()
    assert FactRecord.objects.filter(name="place.changed").count() == 3


def test_many_are_deleted_through_the_service_and_topics_still_are(ana, masthead):
    places = [a_place(masthead), a_place(masthead, "Asanagi")]
    query = "&".join(f"id={place.pk}" for place in places)
    ana.post(f"/bulk/places/place/delete/?{query}")
    assert not models.Place.objects.exists()
    topic = save_topic(slug="ferries", name="Ferries")
    ana.post(f"/bulk/stories/topic/delete/?id={topic}")
    assert not Topic.objects.exists()


def test_a_form_without_a_person_names_the_desk(masthead):
    form = PlaceForm.__new__(PlaceForm)
    form.instance = models.Place(masthead=masthead, name="A", slug="a", region="B", text="C")
    form.for_user = None
    form.save()

    assert FactRecord.objects.get(name="place.changed").payload["by"] == "the desk"


def test_a_place_is_described_once_with_the_stories_of_its_topic(masthead):
    topic = Topic.objects.create(name="The line", slug="line")
    told = {"name": "Yukimori", "slug": "yukimori", "region": "Kitayama", "text": "A stove."}

    number = describe_place(masthead.pk, told, topic="line", by="Ana")

    assert models.Place.objects.get(pk=number).topic == topic
    assert describe_place(masthead.pk, told | {"text": "A bench."}, topic="", by="Ana") is None
    assert models.Place.objects.get().text == "A stove."
