"""Adding and changing providers: nothing that could not work is stored."""

import pytest

from dateline.wire import models
from dateline.wire.services.providers import (
    ProviderRefused,
    create_provider,
    publish_to,
    save_provider,
)
from tests.factories.newsroom import a_masthead
from tests.factories.wire import a_provider, a_wire_item

pytestmark = pytest.mark.django_db


def test_a_provider_is_stored():
    provider_id = save_provider(models.Provider(slug="kna", name="KNA"), by="Ana")

    assert models.Provider.objects.get().pk == provider_id


def test_an_unknown_time_zone_is_refused():
    with pytest.raises(ProviderRefused, match="'Tokyo' is not an IANA time zone") as refusal:
        save_provider(models.Provider(slug="kna", name="KNA", time_zone="Tokyo"), by="Ana")

    assert list(refusal.value.problems) == ["time_zone"]
    assert models.Provider.objects.count() == 0


def test_a_place_needs_both_halves_of_one_masthead():
    musashi, kinako = a_masthead("musashi"), a_masthead("kinako")
    provider = models.Provider(slug="kna", name="KNA", auto_masthead=musashi)
    with pytest.raises(ProviderRefused, match="or neither"):
        save_provider(provider, by="Ana")

    provider.auto_section = kinako.sections.first()
    with pytest.raises(ProviderRefused, match="not one of Musashi"):
        save_provider(provider, by="Ana")

    provider.auto_section = musashi.sections.first()
    save_provider(provider, by="Ana")
    assert models.Provider.objects.get().auto_section == musashi.sections.first()


def test_a_provider_that_has_sent_something_keeps_its_slug():
    provider = a_provider()
    provider.slug = "news"
    save_provider(provider, by="Ana")

    a_wire_item(provider)
    provider.slug = "other"
    with pytest.raises(ProviderRefused, match="It stays news"):
        save_provider(provider, by="Ana")

    provider.slug = "news"
    provider.name = "News"
    save_provider(provider, by="Ana")
    assert models.Provider.objects.get().name == "News"


def test_a_provider_is_created_once_and_then_left_as_it_is():
    first = create_provider(slug="kna", by="demo", name="KNA")
    again = create_provider(slug="kna", by="demo", name="Other")

    assert first == again
    assert models.Provider.objects.get().name == "KNA"


def test_a_rule_is_set_where_there_is_none():
    a_provider()
    masthead = a_masthead()

    assert publish_to("kna", masthead="musashi", section="world", by="demo") is True
    assert publish_to("kna", masthead="musashi", section="politics", by="demo") is False
    provider = models.Provider.objects.get()
    assert provider.auto_section == masthead.sections.get(slug="world")


@pytest.mark.parametrize("place", [("musashi", "sport"), ("kinako", "world")])
def test_a_rule_to_nowhere_is_refused(place):
    a_provider()
    a_masthead()
    with pytest.raises(ProviderRefused, match=f"There is no section {'/'.join(place)}"):
        publish_to("kna", masthead=place[0], section=place[1], by="demo")
