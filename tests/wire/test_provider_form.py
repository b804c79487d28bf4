"""Providers in the desk: a form, whose refusals are sentences and lose nothing typed."""

import pytest

from dateline.wire import models
from tests.desk.conftest import client_for
from tests.factories.newsroom import a_masthead, an_editor
from tests.factories.wire import a_provider

pytestmark = pytest.mark.django_db
ADD = "/snippets/wire/provider/add/"
FORM = {
    "name": "KNA", "slug": "kna", "active": "on", "auto_masthead": "", "auto_section": "",
    "auto_update": "on", "time_zone": "", "empty_embargo": "hold", "credit_line": "",
    "copyright_line": "",
}  # fmt: skip


def test_a_provider_is_added_by_a_form(ana):
    response = ana.post(ADD, FORM)

    assert response.status_code == 302
    assert models.Provider.objects.get().slug == "kna"


def test_a_provider_is_set_to_publish_by_itself(ana):
    masthead = a_masthead()
    world = masthead.sections.get(slug="world")
    ana.post(ADD, {**FORM, "auto_masthead": masthead.pk, "auto_section": world.pk})

    provider = models.Provider.objects.get()
    assert (provider.auto_masthead, provider.auto_section) == (masthead, world)


def test_a_refusal_is_a_sentence_and_keeps_what_was_typed(ana):
    masthead = a_masthead()
    response = ana.post(
        ADD, {**FORM, "name": "Kanto", "time_zone": "Tokyo", "auto_masthead": masthead.pk}
    )
    body = response.content.decode()

    assert "is not an IANA time zone" in body
    assert "choose a masthead and one of its sections" in body
    assert 'value="Kanto"' in body
    assert models.Provider.objects.count() == 0


def test_what_django_refuses_is_said_once(ana):
    masthead = a_masthead()
    response = ana.post(ADD, {**FORM, "auto_masthead": masthead.pk, "auto_section": "999"})
    body = response.content.decode()

    assert "Select a valid choice" in body
    assert "one of its sections, or neither" not in body
    assert models.Provider.objects.count() == 0


def test_providers_are_listed_and_changed(ana):
    provider = a_provider()
    assert "KNA" in ana.get("/snippets/wire/provider/").content.decode()

    ana.post(f"/snippets/wire/provider/edit/{provider.pk}/", {**FORM, "name": "Kanto"})
    assert models.Provider.objects.get().name == "Kanto"


def test_wire_permissions_can_be_given_to_groups(ana):
    body = ana.get("/groups/new/").content.decode()

    for words in ("wire item", "raw delivery"):
        assert words in body.lower()


@pytest.fixture
def ana(db):
    return client_for(an_editor())
