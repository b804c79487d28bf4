"""The demo's jobs, where the demo network is not there."""

import pytest

from dateline import clock
from dateline.demo import adapters
from dateline.demo.services import jobs
from tests.factories.newsroom import a_masthead, an_editor

pytestmark = pytest.mark.django_db


def test_a_board_of_a_title_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="name a masthead that is not there"):
        jobs.fill(at=clock.now())


def test_a_job_of_a_title_that_is_not_there_is_named(monkeypatch):
    a_masthead("desk-tatami")
    log_ins = {
        "admin": {"email": an_editor("ai@dateline.example").email},
        "editor": {"email": an_editor("ko@dateline.example").email},
    }
    told = {**adapters.table("jobs"), "job": [{"masthead": "elsewhere"}]}
    monkeypatch.setattr(jobs.adapters, "table", {"jobs": told, "logins": log_ins}.get)

    with pytest.raises(ValueError, match="name a masthead 'elsewhere' that is not there"):
        jobs.fill(at=clock.now())
