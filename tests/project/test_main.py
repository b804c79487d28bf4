"""The `dateline` command itself."""

import sys

import pytest
from django.core.management import CommandError, call_command

import dateline
from dateline import __main__ as command
from dateline.project import serve, worker
from dateline.project.serve import CannotServe


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"], ["help"]])
def test_help_shows_what_one_can_do(words, capsys):
    assert command.main(["dateline", *words]) == 0

    out = capsys.readouterr().out
    assert out.startswith("dateline VERB [options]\n")
    verbs = [line.split()[0] for line in out.splitlines() if line.startswith("  ")]
    assert {"setup", "serve", "work", "check", "upgrade", "backup", "restore"} <= set(verbs)
    assert verbs == [verb for verb in command.VERBS if verb in verbs]
    assert len([line for line in out.splitlines() if len(line) > 110]) == 0


def test_every_verb_has_a_help_of_its_own(capsys):
    with pytest.raises(SystemExit) as ended:
        command.main(["dateline", "backup", "--help"])

    assert ended.value.code == 0
    assert "File to write, or folder to name it in" in capsys.readouterr().out


def test_an_unknown_verb_gets_a_suggestion(capsys):
    with pytest.raises(SystemExit) as ended:
        command.main(["dateline", "servee"])

    assert ended.value.code == 1
    assert "Unknown command: 'servee'. Did you mean serve?" in capsys.readouterr().err


def test_a_bad_setting_stops_every_verb_without_a_traceback(monkeypatch, capsys):
    monkeypatch.setenv("DATELINE_PROT", "1")

    assert command.main(["dateline", "check"]) == 1

    assert capsys.readouterr().err == (
        "dateline.E001: unknown setting DATELINE_PROT. Did you mean DATELINE_PORT?\n"
    )


@pytest.mark.parametrize(
    ("variable", "value", "number"),
    [("DATELINE_DATABASE_URL", "mysql://x", "E003"), ("DATELINE_MAIL_URL", "pigeon:", "E004")],
)
def test_a_url_that_cannot_be_used_stops_it_too(monkeypatch, capsys, variable, value, number):
    monkeypatch.setenv(variable, value)

    assert command.main(["dateline", "check"]) == 1

    assert capsys.readouterr().err.startswith(f"dateline.{number}: {variable} begins with")


def test_a_verb_runs(monkeypatch, tmp_path):
    ran = []
    monkeypatch.setattr(sys, "argv", ["dateline", "migrate", "--plan"])
    monkeypatch.setenv("DATELINE_DATA_DIR", str(tmp_path / "new"))
    monkeypatch.setattr(command.ManagementUtility, "execute", lambda self: ran.append(self.argv))

    assert command.main() == 0

    assert ran == [["dateline", "migrate", "--plan"]]
    assert (tmp_path / "new").is_dir()


def test_serving_that_is_impossible_is_one_message(monkeypatch):
    def refuse(_config):
        raise CannotServe("dateline.E008: there is no key.")

    monkeypatch.setattr(serve, "run", refuse)

    with pytest.raises(CommandError, match=r"^dateline\.E008: there is no key\.$"):
        call_command("serve")


def test_the_worker_s_end_is_its_exit_code(monkeypatch):
    monkeypatch.setattr(worker, "work", lambda: 1)

    with pytest.raises(SystemExit) as ended:
        call_command("work")

    assert ended.value.code == 1


@pytest.mark.parametrize(
    ("standard", "other", "swapped"),
    [
        ((3, 40, 1), (3, 53, 4), True),
        ((3, 51, 3), (3, 53, 4), False),
        ((3, 40, 1), (3, 45, 0), False),
    ],
)
def test_a_safer_sqlite_is_used_where_there_is_one(monkeypatch, standard, other, swapped):
    ours, theirs = FakeModule(standard), FakeModule(other)
    monkeypatch.setattr(dateline, "sqlite3", ours)
    monkeypatch.setitem(sys.modules, "sqlite3", ours)
    monkeypatch.setitem(sys.modules, "sqlite3.dbapi2", ours)
    monkeypatch.setitem(sys.modules, "pysqlite3", theirs)
    monkeypatch.setitem(sys.modules, "pysqlite3.dbapi2", theirs)

    dateline._use_safe_sqlite()

    assert (sys.modules["sqlite3"] is theirs) == swapped


def test_without_a_safer_sqlite_nothing_is_swapped(monkeypatch):
    ours = FakeModule((3, 40, 1))
    monkeypatch.setattr(dateline, "sqlite3", ours)
    monkeypatch.setitem(sys.modules, "sqlite3", ours)
    monkeypatch.setitem(sys.modules, "pysqlite3", None)  # what a missing package looks like

    dateline._use_safe_sqlite()

    assert sys.modules["sqlite3"] is ours


class FakeModule:
    def __init__(self, version):
        self.sqlite_version_info = version
        self.dbapi2 = self
