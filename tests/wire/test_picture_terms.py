"""What an agency says about a picture binds the picture, whoever names its file and when it comes."""

from datetime import timedelta

import pytest

from dateline.media import queries as media
from dateline.media.models import Picture
from dateline.wire.services import intake, reading
from tests.factories.documents import ninjs
from tests.factories.pictures import jpeg
from tests.factories.wire import a_provider
from tests.wire.conftest import NOON

HOUR = timedelta(hours=1)
LATER = (NOON + HOUR).isoformat()


def test_the_embargo_of_a_picture_item_holds_its_file_back_and_the_text_goes_without(kna):
    take(kna, "day/marigold.jpg", jpeg())
    take(kna, "day/picture.json", about("marigold.jpg", embargoed=LATER, usageterms="NO SALES"))

    picture = released()
    assert (picture.embargo_until, picture.usage_terms) == (NOON + HOUR, "NO SALES")
    assert [one.kind for one in picture.restrictions] == ["no_sales"]
    assert media.sources(picture, at=NOON + HOUR - timedelta(seconds=1)) is None
    assert media.sources(picture, at=NOON + HOUR) is not None


@pytest.mark.parametrize("first", ["picture", "words"])
def test_it_binds_whichever_came_first(kna, first):
    parts = [("marigold.jpg", jpeg()), ("p.json", about("files/marigold.jpg", embargoed=LATER))]
    for name, data in parts if first == "picture" else reversed(parts):
        take(kna, name, data)

    assert Picture.objects.get().embargo_until == NOON + HOUR


def test_a_picture_item_that_is_held_holds_its_file_with_its_reason(kna):
    take(kna, "marigold.jpg", jpeg())
    take(kna, "p.json", about("marigold.jpg", embargoed="Next Monday"))

    assert "'Next Monday' is not a time" in Picture.objects.get().held_reason


def test_a_kill_of_the_picture_item_kills_its_file_only(kna):
    take(kna, "marigold.jpg", jpeg())
    take(kna, "other.jpg", jpeg("teal"))
    take(kna, "p.json", about("marigold.jpg"))
    take(kna, "k.json", about("marigold.jpg", version="2", pubstatus="canceled", headline=""))

    killed = Picture.objects.exclude(killed_at=None).get()
    assert killed.title == "marigold"


@pytest.mark.parametrize("kills", [True, False])
def test_a_file_that_comes_after_its_kill_is_killed(kna, kills):
    take(kna, "p.json", about("marigold.jpg"))
    if kills:
        take(kna, "k.json", about("x.jpg", version="2", pubstatus="canceled", headline=""))
    take(kna, "marigold.jpg", jpeg())

    assert (Picture.objects.get().killed_at is not None) is kills


def test_the_stricter_terms_stand(kna):
    take(kna, "marigold.jpg", jpeg())
    soon, late = (NOON + 10 * HOUR).isoformat(), (NOON + 90 * HOUR).isoformat()
    take(kna, "1.json", about("marigold.jpg", embargoed=LATER, expires=soon, usageterms="NO SALES"))
    take(kna, "2.json", about("marigold.jpg", version="2", expires=late, usageterms="NO SALES"))

    picture = Picture.objects.get()
    assert (picture.embargo_until, picture.usable_until) == (NOON + HOUR, NOON + 10 * HOUR)
    assert picture.usage_terms == "NO SALES"


def test_other_files_and_other_agencies_are_left_alone(kna):
    take(a_provider("abc", "ABC"), "marigold.jpg", jpeg())
    take(kna, "elsewhere/marigold.jpg", jpeg("teal"))
    take(kna, "day/p.json", about("marigold.jpg", embargoed=LATER))
    take(kna, "day/text.json", ninjs("urn:kna:text", embargoed=LATER))

    assert {picture.embargo_until for picture in Picture.objects.all()} == {None}


def take(provider, name, data):
    raw_id = intake.receive(provider, data, file_name=name, at=NOON)
    assert reading.read_delivery(raw_id, at=NOON).state == "read"


def about(href, **fields):
    """A picture item that names its file."""
    renditions = {"main": {"href": href, "mimetype": "image/jpeg", "width": 600, "height": 400}}
    return ninjs("urn:kna:p1", type="picture", body_html=None, renditions=renditions, **fields)


def released():
    """The picture after a person has let a file without a word about itself through."""
    Picture.objects.update(held_reason="")
    return Picture.objects.get()
