"""What is over is forgotten after ninety days, the alert itself is not."""

from datetime import timedelta

import pytest

from dateline.alerts import models
from dateline.alerts.services import following, pruning
from tests.factories.alerts import NOON, a_follower, an_alert

pytestmark = pytest.mark.django_db


def test_browsers_that_left_and_settled_pushes_go(site, masthead, story, kei, service):
    left, stays = (a_follower(site, service.browser(name)) for name in "ab")
    alert = an_alert(masthead, story, kei)
    models.Push.objects.create(alert=alert, follower=stays, fate="sent", at=NOON)
    waits = models.Push.objects.create(alert=alert, follower=left)
    following.leave(left, at=NOON)

    assert pruning.prune(at=NOON + timedelta(days=90)) == 0
    assert pruning.prune(at=NOON + timedelta(days=91)) == 3
    assert list(models.Follower.objects.all()) == [stays]
    assert not models.Push.objects.filter(pk=waits.pk).exists()
    assert models.Alert.objects.get() == alert
    assert pruning.prune() == 0
