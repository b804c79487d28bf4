"""What every test gets: a migrated database, places to write, samples by name, no silent skips.

Fixtures for everyone:
  samples     the directory of real agency files; the test is skipped by name where it is not
  soaking     True under `make soak`: run the long campaign, else a short seed of the same one
  media_root  an empty directory that Django stores uploaded files in
  logged      what was logged since it was last asked, wherever the log goes

Under CI=true a skipped test fails the run, and the list of skips is printed.
"""

import gc
import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests import (
    database,
    in_turn,
    left_behind,
    mail_rules,
    no_silent_skips,
    readable_ids,
    uncounted,
)

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT.parent / "shared" / "samples"
TEMPLATES = ROOT / ".cache" / "tests"

LONGEST_WORD_OF_PYTHON = 76  # it fills lines of 76 with one encoded word; RFC 2047 says 75

# Deadlines measure the machine, not the code. Examples are the same on every run except in a soak.
SAME = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}
hypothesis_settings.register_profile("quick", max_examples=40, derandomize=True, **SAME)
hypothesis_settings.register_profile("soak", max_examples=3_000, **SAME)


def pytest_addoption(parser):
    parser.addoption("--soak", action="store_true", help="Run the long form of every campaign.")
    parser.addoption("--varnish", action="store_true", help="Run the journeys behind Varnish.")


def pytest_configure(config):
    profile = "soak" if config.getoption("--soak") else "quick"
    hypothesis_settings.load_profile(profile)
    config.pluginmanager.register(no_silent_skips)
    config.pluginmanager.register(readable_ids)
    config.pluginmanager.register(in_turn)
    config.pluginmanager.register(uncounted)
    config.pluginmanager.register(left_behind)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    missing = pytest.mark.skip(reason=f"the real agency files are not in {SAMPLES}")
    for item in items:
        if item.get_closest_marker("samples") and not SAMPLES.is_dir():
            item.add_marker(missing)


def pytest_collection_finish():
    """What is imported by now stays: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_unconfigure(config):
    shutil.rmtree(settings.SCRATCH, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """A SQLite file with every migration run; made once, copied for each session.

    After a transactional test Django would empty every table and make all permissions again, which
    takes half a second and leaves other rows than the migrations do. The copy is put back instead.
    """
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        migrated = database.lay_out(settings.SCRATCH, cache=TEMPLATES)
        patch.setattr(
            TransactionTestCase, "_fixture_teardown", lambda _: database.put_back(migrated)
        )
        yield
        connections.close_all()


@pytest.fixture
def samples():
    """The directory of real agency files, one folder a format. Use with @pytest.mark.samples."""
    return SAMPLES


@pytest.fixture
def soaking(request):
    """Whether this run is the long one."""
    return request.config.getoption("--soak")


@pytest.fixture
def media_root(tmp_path, settings):
    """An empty place for uploaded files."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def logged(capsys, caplog):
    """What was logged since the last call. It is printed until a test sets the log up for all."""

    def since():
        text = capsys.readouterr().out + caplog.text
        caplog.clear()
        return text

    return since


@pytest.fixture(autouse=True)
def valid_mail():
    """Whatever a test has sent, by whichever room, is a mail as the standards want it."""
    yield
    for one in getattr(mail, "outbox", ()):
        raw = re.sub(rb"\r?\n", b"\r\n", one.message().as_bytes())
        assert mail_rules.faults(raw, longest_word=LONGEST_WORD_OF_PYTHON) == [], one.subject
