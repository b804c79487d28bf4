"""Starting the demo: in an empty folder or a demo's own, never in anything else's."""

import fcntl
from io import StringIO

import pytest
from django.conf import settings as live
from django.core.management import CommandError, call_command
from pydantic import SecretStr

from dateline import tables
from dateline.demo import adapters
from dateline.demo.services import starting
from dateline.demo.services.seeding import Seeded
from dateline.project.serve import LOCK_FILE, CannotServe

pytestmark = pytest.mark.django_db
MADE = Seeded(mastheads=5, pictures=38, stories=157, seconds=12.4)


def prepare(*, fresh=False):
    said = []
    starting.prepare(fresh=fresh, say=said.append)
    return said


def test_an_empty_folder_is_filled_and_says_so(folder, seeds, key):
    said = prepare()

    assert said == ["Filling the network …", "  5 mastheads", "157 stories in 12 s"]
    assert (seeds, key) == ([1], [1])
    assert "began_at" in adapters.read_marker()


def test_tables_are_made_where_there_are_none(folder, seeds, key, monkeypatch):
    made = []
    monkeypatch.setattr(starting, "_pending", lambda: True)
    monkeypatch.setattr(tables, "bring_up_to_date", lambda: made.append("tables"))

    said = prepare()

    assert said[0] == "Making the tables …"
    assert made == ["tables"]


def test_a_second_start_fills_nothing(demo, seeds, key):
    said = prepare()

    assert said == [f"The demo in {demo} is from 2026-11-23T06:00; --fresh makes it new."]
    assert seeds == []


def test_a_start_that_was_cut_off_goes_on(folder, seeds, key):
    adapters.write_marker({"began_at": "2026-11-23T06:00:00+00:00"})

    assert prepare()[-1] == "157 stories in 12 s"
    assert adapters.read_marker() == {"began_at": "2026-11-23T06:00:00+00:00"}


def test_a_folder_with_anything_else_is_left_alone(folder, seeds, key):
    (folder / "dateline.sqlite3").write_bytes(b"real news")

    with pytest.raises(starting.DemoRefused, match="is in use and holds no demo"):
        prepare()
    with pytest.raises(starting.DemoRefused, match="is in use and holds no demo"):
        prepare(fresh=True)

    assert (seeds, key) == ([], [])
    assert (folder / "dateline.sqlite3").read_bytes() == b"real news"
    assert not adapters.marker().exists()


def test_fresh_throws_the_old_demo_away(demo, seeds, key, closed):
    (demo / "old").write_text("old")

    prepare(fresh=True)

    assert closed == [1]
    assert [path.name for path in demo.iterdir()] == ["demo.json"]
    assert seeds == [1]


def test_fresh_on_nothing_is_a_first_start(folder, seeds, key, closed):
    folder.rmdir()

    prepare(fresh=True)

    assert closed == []
    assert seeds == [1]


def test_fresh_does_not_pull_the_floor_from_under_a_server(demo, seeds, key):
    with (demo / starting.LOCK).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(starting.DemoRefused, match="A server is running on"):
            prepare(fresh=True)

    assert (demo / "demo.json").exists()
    assert starting.is_served(demo) is False


def test_the_lock_is_the_one_a_server_holds(demo):
    assert LOCK_FILE == starting.LOCK


def test_tables_that_are_there_are_not_made_again(folder):
    assert starting._pending() is False


def test_it_says_who_can_sign_in_and_where_mail_lands(folder):
    lines = starting.log_ins()

    assert "Log-ins, all with the password dateline:" in lines
    assert any("editor@example.test" in line and "kills" in line for line in lines)
    assert lines[-2].startswith("Mail lands in http://account.localhost:8000/mailbox/, which needs")
    assert lines[-2].endswith(" and in http://desk.localhost:8000/mailbox/")
    assert lines[-1].startswith(f"Drop agency files into {folder}/intake/kna")


def test_the_command_fills_then_serves_with_the_log_ins(folder, seeds, key, serves):
    out = StringIO()

    call_command("demo", stdout=out)

    assert "157 stories in 12 s" in out.getvalue()
    ((config, lines, pretend),) = serves
    with pretend:
        assert config.pretend_providers == f"http://127.0.0.1:{pretend.getsockname()[1]}"
        assert [one.key for one in config.login_providers()] == ["facebook", "google"]
        assert list(lines) == starting.log_ins(pretend=pretend)
        assert starting.PRETEND_LINE in lines
    assert starting.PRETEND_LINE not in starting.log_ins()


@pytest.mark.parametrize(
    "changes",
    [
        {"demo_domain": "demo.example.org"},
        {"bind": "192.0.2.1"},
        {"pretend_providers": "http://127.0.0.1:1"},
        {"google_client_id": "mine", "google_client_secret": SecretStr("mine")},
    ],
)
def test_nobody_is_sent_to_a_pretend_provider_that_is_out_of_reach_or_not_wanted(changes):
    config = live.CONFIG.model_copy(update=changes)

    assert starting.with_pretend_providers(config) == (config, None)


def test_the_command_may_only_fill(folder, seeds, key, serves):
    out = StringIO()

    call_command("demo", "--seed-only", stdout=out)

    assert serves == []
    assert "Log-ins, all with the password dateline:" in out.getvalue()


def test_the_command_says_why_it_cannot(folder, seeds, key, serves, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("dateline.project.serve.run", cannot_serve)
        cannot_serve.__module__ = "dateline.project.serve"
        with pytest.raises(CommandError, match="port 8000 is busy"):
            call_command("demo", stdout=StringIO())
    (folder / "demo.json").unlink()
    (folder / "other").write_text("")

    with pytest.raises(CommandError, match="holds no demo"):
        call_command("demo", stdout=StringIO())


def cannot_serve(_config, *, extra_lines, pretend):
    pretend.close()
    raise CannotServe("port 8000 is busy")


@pytest.fixture
def seeds(monkeypatch):
    """Each seeding, without the half minute it takes; see test_seeding for the real one."""
    done = []

    def seed(*, say):
        say("5 mastheads")
        done.append(1)
        return MADE

    monkeypatch.setattr(starting, "seed", seed)
    return done


@pytest.fixture
def key(monkeypatch):
    """Each time a signing key was asked for."""
    asked = []
    monkeypatch.setattr(type(live.CONFIG), "ensure_secret_key", lambda _: asked.append(1))
    return asked


@pytest.fixture
def closed(monkeypatch):
    """Each time every connection was closed; the test's own stays open."""
    done = []

    class Connections:
        def close_all(self):
            done.append(1)

    monkeypatch.setattr(starting, "connections", Connections())
    return done


@pytest.fixture
def serves(monkeypatch):
    """What would have been served."""
    given = []

    def run(config, *, extra_lines, pretend):
        given.append((config, extra_lines, pretend))

    run.__module__ = "dateline.project.serve"
    monkeypatch.setattr("dateline.project.serve.run", run)
    return given
