"""Jobs are added, changed, closed and opened again, by who keeps the board."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from dateline.jobs import models
from dateline.jobs.domain.errors import JobsRefused, NotYours, Unfit
from dateline.jobs.domain.terms import Problem
from dateline.jobs.services import keepers, listings
from dateline.outbox.models import FactRecord
from tests.factories.jobs import NOON, TERMS, a_keeper, a_listing
from tests.factories.newsroom import a_masthead

pytestmark = pytest.mark.django_db


def facts():
    names = FactRecord.objects.filter(name__startswith="job").order_by("pk")
    return list(names.values_list("name", flat=True))


def test_a_job_goes_on_the_board_is_changed_closed_and_opened_again(masthead, kei):
    row = a_listing(masthead, by=kei)
    listings.change(row.pk, replace(TERMS, title="Day editor"), by=kei.pk)
    listings.close(row.pk, by=kei.pk)
    row.refresh_from_db()
    assert (row.title, row.closed_at, row.closed_by) == ("Day editor", NOON, "desk")

    listings.reopen(row.pk, by=kei.pk)

    row.refresh_from_db()
    assert (row.closed_at, row.closed_by, str(row)) == (None, "", f"Day editor #{row.pk}")
    assert facts() == ["job.changed", "job.changed", "job.closed", "job.changed"]


def test_what_makes_no_sense_is_refused(masthead, kei):
    row = a_listing(masthead, by=kei)
    with pytest.raises(JobsRefused, match="is not closed"):
        listings.reopen(row.pk, by=kei.pk)
    listings.close(row.pk, by=kei.pk)
    with pytest.raises(JobsRefused, match="is closed already"):
        listings.close(row.pk, by=kei.pk)
    with pytest.raises(JobsRefused, match="The last day of Night editor is over"):
        listings.reopen(row.pk, by=kei.pk, at=NOON + timedelta(days=40))


def test_nobody_touches_another_title_s_board(masthead, kei):
    other = a_masthead("kinako")
    row = a_listing(other)
    for verb in (listings.close, listings.reopen):
        with pytest.raises(NotYours, match="You do not keep the job board of this masthead"):
            verb(row.pk, by=kei.pk)
    with pytest.raises(NotYours):
        listings.add(other.pk, TERMS, by=kei.pk)
    with pytest.raises(NotYours):
        listings.change(row.pk, TERMS, by=kei.pk)


def test_who_keeps_every_board_appoints_and_dismisses(masthead, boss, kei):
    rin = a_keeper(a_masthead("kinako"), "Rin")
    with pytest.raises(NotYours, match="appoints others"):
        keepers.appoint(rin.pk, masthead_id=masthead.pk, by=kei.pk)

    keepers.appoint(rin.pk, masthead_id=masthead.pk, by=boss.pk)
    assert listings.add(masthead.pk, TERMS, by=rin.pk)
    keepers.dismiss(rin.pk, masthead_id=masthead.pk, by=boss.pk)

    with pytest.raises(NotYours):
        listings.add(masthead.pk, TERMS, by=rin.pk)
    assert facts().count("job_keepers.changed") == 2
    assert str(models.Keeper.objects.get(user=boss)) == f"{boss.pk} for the network"


def test_the_database_keeps_the_rules_too(masthead, kei):
    row = a_listing(masthead, by=kei)
    for broken in (
        {"apply_url": "http://x.example"}, {"apply_url": ""}, {"valid_until": row.posted_at},
        {"closed_at": NOON},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Listing.objects.filter(pk=row.pk).update(**broken)


def test_a_refusal_names_its_fields():
    refusal = Unfit([Problem("week", "It is wrong.")])

    assert (str(refusal), refusal.problems[0].field) == ("week: It is wrong.", "week")
