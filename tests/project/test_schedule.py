"""What happens by itself for readers: requests are done, what has ended is forgotten."""

from datetime import timedelta

import pytest

from dateline import clock
from dateline.accounts.models import DataRequest, NetworkLogin
from dateline.accounts.services import own_data
from dateline.project import schedule
from tests.factories.people import a_reader, a_session

pytestmark = pytest.mark.django_db


def test_each_has_a_name_of_its_own():
    names = [one.name for one in (*schedule.LOOPS, *schedule.JOBS)]

    assert sorted(names) == sorted({*names})


def test_the_worker_does_what_readers_asked_for():
    own_data.ask_for_copy(a_reader(), at=clock.now())
    (loop,) = (loop for loop in schedule.LOOPS if loop.name == "reader-data")

    assert loop.run() == 1
    assert loop.run() == 0
    assert DataRequest.objects.get().content


def test_the_worker_forgets_log_ins_that_are_over_every_night():
    a_session(a_reader(), "musashi")
    NetworkLogin.objects.update(began_at=clock.now() - timedelta(days=61))
    (job,) = (job for job in schedule.JOBS if job.name == "log-ins-prune")

    assert job.run() == 1
    assert not NetworkLogin.objects.exists()


def test_the_worker_judges_clicks_on_letters_and_forgets_whose_they_were():
    (loop,) = (loop for loop in schedule.LOOPS if loop.name == "letter-clicks")
    (job,) = (job for job in schedule.JOBS if job.name == "clicks-forget")

    assert (loop.run(), job.run()) == (0, 0)
