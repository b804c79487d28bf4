"""A verb on a database in which nothing was ever laid says what to do, in one place for all."""

import os
import subprocess
import sys

import pytest
from django.db import OperationalError

from dateline import __main__ as command
from dateline.project import unlaid


@pytest.mark.parametrize(
    "words", [["outbox", "status"], ["story", "kill", "1", "--reason", "x", "--by", "y"]]
)
def test_a_verb_on_an_empty_database_says_what_to_do(tmp_path, words):
    told = subprocess.run(
        [sys.executable, "-m", "dateline", *words],
        capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "DATELINE_DATA_DIR": str(tmp_path), "DATELINE_DATABASE_URL": ""},
    )  # fmt: skip

    assert told.returncode == 2
    assert told.stderr == unlaid.WORDS
    assert "Run `dateline setup`" in unlaid.WORDS
    assert told.stdout == ""


@pytest.mark.django_db(transaction=True)
def test_another_trouble_of_a_database_is_not_taken_for_an_empty_one(monkeypatch):
    def fail(_self):
        raise OperationalError("database is locked")

    monkeypatch.setattr(command.ManagementUtility, "execute", fail)

    with pytest.raises(OperationalError, match="database is locked"):
        command.run(["outbox", "status"])


@pytest.mark.parametrize(
    ("vendor", "is_there", "unlaid_"),
    [("sqlite", False, True), ("sqlite", True, False), ("postgresql", False, False)],
)
def test_only_a_file_that_is_not_there_is_empty_without_an_answer(
    monkeypatch, tmp_path, vendor, is_there, unlaid_
):
    class Silent:
        def __init__(self, _connection):
            pass

        def has_table(self):
            raise OperationalError("unable to open database file")

    name = tmp_path / "db.sqlite3"
    if is_there:
        name.touch()
    monkeypatch.setattr(unlaid, "MigrationRecorder", Silent)
    monkeypatch.setattr(
        unlaid, "connection", Stub(vendor=vendor, settings_dict={"NAME": str(name)})
    )

    assert unlaid.is_unlaid() is unlaid_


class Stub:
    """A connection that is asked for nothing."""

    def __init__(self, **of):
        self.__dict__.update(of)

    def close(self):
        """There is none to close."""
