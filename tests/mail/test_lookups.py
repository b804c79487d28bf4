"""A lost answer is looked up in the log of the Postfix that took the mail on."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest

from dateline.mail.adapters import lookups
from dateline.mail.adapters.lookups import Nobody, PostfixLog
from dateline.mail.services import sending

TAKEN = b"""\
Nov 29 07:00:01 mx postfix/cleanup[9]: 4A1: message-id=<m1.1@dateline.test>
Nov 29 07:00:01 mx postfix/qmgr[8]: 4A1: from=<b@musashi.test>, size=20480, nrcpt=1 (queue active)
Nov 29 07:00:02 mx postfix/cleanup[9]: 4A2: message-id=<m1.2@dateline.test>
"""
ONE, TWO, THREE = (f"m1.{number}@dateline.test" for number in (1, 2, 3))


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "mail.log"
    path.write_bytes(TAKEN)
    return path


def asked(seconds_ago):
    since = datetime.now(UTC) - timedelta(seconds=seconds_ago)
    return dict.fromkeys((ONE, TWO, THREE), since)


def test_what_the_queue_has_was_taken_on_and_the_rest_was_not(log):
    assert PostfixLog(log).known(asked(60)) == {ONE: True, TWO: False, THREE: False}


def test_it_says_no_only_when_the_log_went_on_since(log):
    assert PostfixLog(log).known(asked(5)) == {ONE: True}
    before = time.time() - 90
    os.utime(log, (before, before))
    assert PostfixLog(log).known(asked(60)) == {ONE: True}


def test_a_log_that_was_just_turned_is_read_too(log):
    log.rename(log.with_name("mail.log.1"))
    log.write_bytes(b"")

    assert PostfixLog(log).known(asked(60))[ONE]


def test_a_log_that_is_longer_than_what_is_read_says_no_to_nobody(log, monkeypatch):
    monkeypatch.setattr(lookups, "TAIL", len(TAKEN) - 60)

    assert PostfixLog(log).known(asked(60)) == {}


def test_no_log_no_answer(tmp_path):
    assert PostfixLog(tmp_path / "none").known(asked(60)) == {}
    assert Nobody().known(asked(60)) == {}


def test_the_log_is_named_in_the_settings(settings, log):
    settings.DATELINE_MAIL_LOG = log
    assert sending.configured_lookup().path == log
    settings.DATELINE_MAIL_LOG = None
    assert isinstance(sending.configured_lookup(), Nobody)
