"""Who books offers for which masthead, and who says so; who may sell a domain's space."""

import pytest

from dateline.outbox.models import FactRecord
from dateline.promos.domain.errors import NotYours, Unfit
from dateline.promos.queries import ads, people
from dateline.promos.services.ads_txt import save_ads_txt
from dateline.promos.services.managers import appoint, dismiss
from tests.factories.discussion import a_reader
from tests.factories.newsroom import a_masthead, an_editor
from tests.stories.newspaper import site as site_of


def test_whoever_leads_appoints_and_dismisses(boss, masthead):
    other, person = a_masthead("kinako"), a_reader()

    appoint(person.pk, masthead_id=masthead.pk, by=boss.pk)
    appoint(person.pk, masthead_id=masthead.pk, by=boss.pk)
    assert people.manages(person.pk, masthead.pk)
    assert not people.manages(person.pk, other.pk)
    assert [site.slug for site in people.sites_of(person.pk)] == ["musashi"]
    assert people.MANAGERS.rows().count() == 2

    dismiss(person.pk, masthead_id=masthead.pk, by=boss.pk)
    assert not people.manages_any(person.pk)
    assert FactRecord.objects.filter(name="promo_managers.changed").count() == 3


def test_a_manager_of_one_masthead_appoints_nobody(kei, masthead):
    with pytest.raises(NotYours):
        appoint(kei.pk, masthead_id=None, by=kei.pk)
    with pytest.raises(NotYours):
        dismiss(kei.pk, masthead_id=masthead.pk, by=kei.pk)


def test_an_administrator_books_everywhere_until_their_account_is_closed(masthead):
    person = an_editor()
    assert people.manages(person.pk, masthead.pk)

    person.is_active = False
    person.save()
    assert not people.manages(person.pk, masthead.pk)
    assert people.sites_of(person.pk) == []


def test_an_ads_txt_holds_for_every_masthead_on_its_domain(boss):
    a_masthead("kinako", host="kinako.tama.example")
    a_masthead("rails", host="tama.example")

    save_ads_txt(" Tama.example. ", "OWNERDOMAIN=tama.example  \n\n", by=boss.pk)

    assert ads.text_for(site_of("kinako")) == "OWNERDOMAIN=tama.example\n"
    assert ads.text_for(site_of("rails")) == "OWNERDOMAIN=tama.example\n"
    assert ads.text_for(site_of("musashi")) is None
    assert [file.domain for file in ads.files()] == ["tama.example"]

    save_ads_txt("tama.example", "", by=boss.pk)
    assert ads.text_for(site_of("rails")) is None


def test_an_ads_txt_that_breaks_the_format_is_not_kept(boss):
    with pytest.raises(Unfit, match="Line 1"):
        save_ads_txt("musashi.localhost", "nonsense", by=boss.pk)


@pytest.mark.parametrize("domain", ["", "elsewhere.example"])
def test_an_ads_txt_is_for_a_domain_of_the_network(boss, domain):
    with pytest.raises(Unfit, match="No masthead of this network"):
        save_ads_txt(domain, "", by=boss.pk)


def test_nobody_sells_a_domain_that_they_do_not_book_all_of(kei):
    a_masthead("kinako")

    with pytest.raises(NotYours):
        save_ads_txt("localhost", "", by=kei.pk)
