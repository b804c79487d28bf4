"""A picture that changed reaches every page that shows it; one that may not be shown, at once."""

from datetime import timedelta

import pytest

from dateline import clock
from dateline.edge import keys
from dateline.media import services
from dateline.media.models import Picture
from tests.edge_watch import purged
from tests.factories.pictures import a_picture

pytestmark = pytest.mark.django_db


def test_other_words_are_shown_before_anyone_sees_the_old_ones(ferry, commits):
    ferry.caption = "The ferry at noon."
    ferry.save()

    with purged(commits) as tags:
        services.note_change(ferry, by="Ana")

    assert tags == {(keys.picture(ferry.pk), "HARD")}


def test_a_right_that_has_ended_takes_the_old_pages_away_for_good(ferry, commits):
    ferry.usable_until = clock.now() - timedelta(minutes=1)
    ferry.save()

    with purged(commits) as tags:
        services.note_change(ferry, by="Ana")

    assert tags == {(keys.picture(ferry.pk), "GONE")}


def test_a_kill_takes_the_old_pages_away_for_good_and_can_be_lifted(ferry, commits):
    with purged(commits) as killed:
        services.kill_picture(ferry.pk, reason="Wrong person.", by="Ana")
    with purged(commits) as lifted:
        services.reinstate_picture(ferry.pk, by="Ana")

    assert killed == {(keys.picture(ferry.pk), "GONE")}
    assert lifted == {(keys.picture(ferry.pk), "HARD")}


@pytest.mark.parametrize(
    "lose", [lambda p: p.delete(), lambda p: Picture.objects.filter(pk=p.pk).delete()]
)
def test_a_picture_deleted_alone_or_with_others_is_told(ferry, commits, lose):
    tag = keys.picture(ferry.pk)
    with purged(commits) as tags:
        gone, _ = lose(ferry)

    assert (tags, gone) == ({(tag, "GONE")}, 1)
    assert not Picture.objects.exists()


@pytest.fixture
def ferry(media_root):
    return a_picture("ferry")


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks
