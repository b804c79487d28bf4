"""What the wire tells of one item and its family."""

from datetime import UTC, datetime

import pytest

from dateline.wire import models
from dateline.wire.queries import items
from tests.factories.newsroom import a_masthead
from tests.factories.pictures import a_picture
from tests.factories.wire import a_provider, a_wire_item

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def a_kill(provider, family, version):
    return a_wire_item(
        provider, family=family, version=version, usability="killed", recalls=True, reason="Why."
    )


def test_an_item_comes_with_its_provider(kna, django_assert_num_queries):
    item = a_wire_item(kna)
    with django_assert_num_queries(1):
        assert items.item_row(item.pk).provider.name == "KNA"
    with pytest.raises(models.WireItem.DoesNotExist):
        items.item_row(item.pk + 1)


def test_rows_are_named_for_the_log(kna):
    item = a_wire_item(kna, family="urn:kna:1", version=3)

    assert str(item) == f"{kna.pk} urn:kna:1 v3"
    assert str(item.raw).startswith(f"{kna.pk}/{item.raw.file_name} ")
    assert str(kna) == "KNA"


def test_a_family_nobody_has_heard_of_is_not_killed(kna):
    assert not items.is_family_killed(kna.pk, "urn:kna:none")
    assert not items.is_family_killed(kna.pk, "urn:kna:none", 1)
    assert items.newest_usable(kna.pk, "urn:kna:none") is None


def test_a_family_is_killed_until_a_later_usable_version(kna):
    first = a_wire_item(kna, version=1)
    assert not items.is_family_killed(kna.pk, first.family)

    a_kill(kna, first.family, 2)
    assert items.is_family_killed(kna.pk, first.family)

    third = a_wire_item(kna, family=first.family, version=3)
    assert not items.is_family_killed(kna.pk, first.family)
    assert items.newest_usable(kna.pk, first.family) == third


def test_a_version_is_killed_when_a_recall_reaches_it_even_before_it_came(kna):
    first = a_wire_item(kna, version=1)
    a_kill(kna, first.family, 2)
    a_wire_item(kna, family=first.family, version=4)

    killed = [items.is_family_killed(kna.pk, first.family, version) for version in (1, 2, 3, 4)]
    assert killed == [True, True, False, False]


def test_only_the_newest_version_is_the_newest(kna):
    new = a_wire_item(kna, version=10)
    old = a_wire_item(kna, family=new.family, version=9)

    assert items.is_newest(new)
    assert not items.is_newest(old)
    assert not items.is_newest(models.WireItem(provider=kna, family="urn:kna:none"))


def test_versions_of_a_family_are_newest_first_as_numbers(kna):
    new = a_wire_item(kna, version=10)
    old = a_wire_item(kna, family=new.family, version=9)
    a_wire_item(kna)

    assert items.family_versions(kna.pk, new.family) == [new, old]


@pytest.mark.parametrize(
    ("relations", "expected"),
    [
        ([], False),
        ([{"type": "corrects", "family": None}], True),
        ([{"type": "corrects", "family": "urn:kna:1"}], True),
        ([{"type": "corrects", "family": "urn:kna:2"}], False),
        ([{"type": "update-of", "family": "urn:kna:1"}], False),
    ],
)
def test_a_correction_is_what_corrects_its_own_family(kna, relations, expected):
    item = a_wire_item(kna, family="urn:kna:1", details={"relations": relations})

    assert items.is_correction(item.pk) is expected


def test_an_item_has_the_pictures_delivered_beside_it_in_its_own_order(kna, media_root):
    harbour = a_wire_item(kna, kind="picture", picture=a_picture("harbour"))
    ferry = a_wire_item(kna, kind="picture", picture=a_picture("ferry"))
    elsewhere = a_wire_item(kna, kind="picture", picture=a_picture("elsewhere"))
    for item, name in ((harbour, "day/h.jpg"), (ferry, "day/f.jpg"), (elsewhere, "f.jpg")):
        models.RawDelivery.objects.filter(pk=item.raw_id).update(file_name=name)
    text = a_wire_item(
        kna,
        details={
            "pictures": [
                {"href": "https://kna.example/x/f.jpg?size=large"},
                {"href": "h.jpg"},
                {"href": None},
            ]
        },
    )
    models.RawDelivery.objects.filter(pk=text.raw_id).update(file_name="day/story.xml")

    found = items.pictures_of(items.item_row(text.pk))
    assert found == [ferry.picture, harbour.picture]
    assert items.picture_of(text.pk) == ferry.picture


def test_a_picture_item_shows_itself_unless_it_is_killed(kna, media_root):
    item = a_wire_item(kna, kind="picture", picture=a_picture("harbour"))
    assert items.picture_of(item.pk) == item.picture

    picture = item.picture
    picture.killed_at, picture.killed_reason, picture.killed_by = NOON, "Why.", "KNA"
    picture.save()
    assert items.picture_of(item.pk) is None


def test_a_place_is_where_a_provider_publishes_by_itself(kna):
    assert items.automatic_place(kna.pk) is None

    masthead = a_masthead()
    models.Provider.objects.filter(pk=kna.pk).update(
        auto_masthead=masthead, auto_section=masthead.sections.get(slug="world")
    )
    assert items.automatic_place(kna.pk) == {"masthead": "musashi", "section": "world"}

    models.Provider.objects.filter(pk=kna.pk).update(active=False)
    assert items.automatic_place(kna.pk) is None


@pytest.fixture
def kna(db):
    return a_provider()
