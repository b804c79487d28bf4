"""Stories of the first edition keep their standing when agency and desk are told apart."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from dateline.stories import models
from dateline.stories.services import from_wire, kills, publishing
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.wire import a_provider, a_wire_item

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_terms_of_the_agency_leave_the_text_and_its_drafts(kna):
    sent = a_wire_item(kna, expires_at=TEN + HOUR, usage_terms="No sales.")
    a_wire_item(kna, family=sent.family, version=2, expires_at=TEN, usage_terms="No web.")
    story = as_in_the_first_edition(sent, rights_until=TEN + HOUR, usage_terms="No sales.")

    part()

    story.refresh_from_db()
    assert (story.rights_until, story.usage_terms) == (None, "")
    assert (story.agency_rights_until, story.agency_usage_terms) == (TEN, "No web.")
    draft = story.get_latest_revision_as_object()
    assert (draft.rights_until, draft.usage_terms) == (None, "")


def test_what_an_editor_wrote_stays_the_editors(kna):
    sent = a_wire_item(kna, expires_at=TEN + HOUR, usage_terms="No sales.")
    story = as_in_the_first_edition(sent, rights_until=TEN, usage_terms="Ours.")
    half = as_in_the_first_edition(a_wire_item(kna, usage_terms="No sales."), usage_terms="")
    models.Story.objects.filter(pk=half.pk).update(usage_terms="No sales.")
    other = a_story("Not from the wire", rights_until=TEN)

    part()

    for row in (story, other, half):
        row.refresh_from_db()
    assert (story.rights_until, story.usage_terms) == (TEN, "Ours.")
    assert (story.agency_rights_until, story.agency_usage_terms) == (TEN + HOUR, "No sales.")
    assert (other.rights_until, other.agency_rights_until) == (TEN, None)
    assert (half.usage_terms, half.agency_usage_terms) == ("", "No sales.")


@pytest.mark.parametrize("how", ["kill", "hold"])
def test_an_order_carried_out_before_is_known(kna, how):
    first = a_wire_item(kna)
    story = as_in_the_first_edition(first)
    order = a_wire_item(
        kna, family=first.family, version=2, usability="killed", reason="x", recalls=True
    )
    if how == "kill":
        kills.kill_story(story.pk, reason="x", by="KNA", source="agency")
    else:
        kills.withhold_story(story.pk, reason="x", by="KNA")

    part()
    part()

    (noted,) = models.AgencyOrder.objects.all()
    assert (noted.story_id, noted.wire_item_id) == (story.pk, order.pk)
    assert str(noted) == f"order {order.pk} on story {story.pk}"


def as_in_the_first_edition(item, **fields):
    """A story whose text holds what the agency allows, as stories did before."""
    story = models.Story.objects.get(pk=from_wire.make_story(item.pk, by="Ana"))
    for name, value in fields.items():
        setattr(story, name, value)
    story.save()
    story.save_revision()
    publishing.publish_story(story.pk, by="Ana")
    models.Story.objects.filter(pk=story.pk).update(
        agency_rights_until=None, agency_usage_terms=None, agency_item=None
    )
    return story


def part():
    import_module("dateline.stories.migrations.0003_agency_standing_kept").part(apps, None)


@pytest.fixture
def kna():
    a_masthead()
    return a_provider()
