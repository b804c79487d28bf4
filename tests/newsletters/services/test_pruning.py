"""An address that was typed and never confirmed is forgotten; that somebody asked stays provable."""

from datetime import timedelta

import pytest

from dateline.newsletters import models
from dateline.newsletters.adapters.hashing import hashed
from dateline.newsletters.domain.kinds import Act
from dateline.newsletters.services import asking, readers
from dateline.newsletters.services.pruning import forget_asked
from tests.factories.newsletters import TOLD, a_list, a_subscriber
from tests.factories.people import a_reader
from tests.newsletters.conftest import NOON

pytestmark = pytest.mark.django_db
KEY = "nobody@example.test"
MONTH = timedelta(days=30)


def ask(site, address=KEY, at=NOON, slug="morning"):
    asking.ask(address, site=site, slugs=[slug], told=TOLD, at=at)
    return models.Subscriber.objects.get(key=address)


def test_after_thirty_days_only_a_hash_is_left(site, morning):
    ask(site)
    assert forget_asked(at=NOON + MONTH) == 0
    assert forget_asked(at=NOON + MONTH + timedelta(seconds=1)) == 2

    assert not models.Subscriber.objects.filter(key=KEY).exists()
    proof = models.Consent.objects.get(act=Act.ASKED)
    assert (proof.key, proof.list_slug) == (hashed(KEY), "morning")
    assert KEY not in str(models.Consent.objects.values())
    assert forget_asked(at=NOON + 2 * MONTH) == 0


def test_who_asked_again_since_is_given_thirty_days_more(site, morning):
    ask(site)
    a_list(morning.masthead, slug="evening")
    ask(site, at=NOON + MONTH, slug="evening")
    forget_asked(at=NOON + MONTH + timedelta(days=1))

    who = models.Subscriber.objects.get(key=KEY)
    assert [one.newsletter.slug for one in who.subscriptions.all()] == ["evening"]


def test_who_is_or_was_on_a_list_is_kept_with_every_proof(site, morning):
    who = a_subscriber(morning, address=KEY)
    a_list(morning.masthead, slug="evening")
    ask(site, slug="evening")
    forget_asked(at=NOON + 2 * MONTH)

    assert [one.newsletter.slug for one in who.subscriptions.all()] == ["morning"]
    assert set(models.Consent.objects.values_list("key", flat=True)) == {KEY}


def test_who_has_an_account_moves_or_gets_alerts_is_kept(site, morning):
    readers.choices_of(a_reader("own@example.test").pk, "own@example.test", site=site, at=NOON)
    moving = ask(site, "moving@example.test")
    models.AddressChange.objects.create(
        subscriber=moving, address="new@example.test", key="new@example.test", asked_at=NOON
    )
    alerted = ask(site, "alerted@example.test")
    forget_asked(at=NOON + 2 * MONTH, kept=[alerted.pk])

    left = set(models.Subscriber.objects.values_list("key", flat=True))
    assert left == {"own@example.test", "moving@example.test", "alerted@example.test"}
