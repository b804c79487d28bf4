"""The demo's standing pages: whole, in each title's language, written once."""

import pytest

from dateline import clock
from dateline.demo import adapters
from dateline.demo.services import standing
from dateline.mastheads.models import Masthead
from dateline.standing import models
from dateline.standing.domain.kinds import OWED, blanks
from tests.factories.newsroom import a_masthead

pytestmark = pytest.mark.django_db


def test_a_title_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="name a masthead 'musashi' that is not there"):
        standing.write(at=clock.now())


def test_every_title_has_what_readers_look_for_and_nothing_blank():
    told = adapters.table("standing")
    for slug in told:
        a_masthead(slug)

    made = standing.write(at=clock.now())

    assert standing.write(at=clock.now()) == 0
    assert made == models.PageVersion.objects.count() == 4 * len(told)
    assert (
        set(told)
        == set(adapters.table("mastheads"))
        == set(Masthead.objects.values_list("slug", flat=True))
    )
    assert {row.kind for row in models.PageVersion.objects.all()} >= OWED
    assert not any(blanks(row.text) for row in models.PageVersion.objects.all())
    assert models.Contact.objects.count() == len(told)
