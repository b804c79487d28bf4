"""What every test gets: a migrated database, places to write, samples by name, no silent skips.

Fixtures for everyone:
  samples     the directory of real agency files; the test is skipped by name where it is not
  soaking     True under `make soak`: run the long campaign, else a short seed of the same one
  media_root  an empty directory that Django stores uploaded files in

Under CI=true a skipped test fails the run, and the list of skips is printed.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import blocking_manager_key

from tests import database

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT.parent / "shared" / "samples"
TEMPLATES = ROOT / ".cache" / "tests"
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}

# Deadlines measure the machine, not the code. Examples are the same on every run except in a soak.
QUICK = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}
hypothesis_settings.register_profile("dev", max_examples=40, derandomize=True, **QUICK)
hypothesis_settings.register_profile("ci", max_examples=40, derandomize=True, **QUICK)
hypothesis_settings.register_profile("soak", max_examples=3_000, **QUICK)


def pytest_addoption(parser):
    parser.addoption("--soak", action="store_true", help="Run the long form of every campaign.")


def pytest_configure(config):
    profile = "soak" if config.getoption("--soak") else "ci" if IN_CI else "dev"
    hypothesis_settings.load_profile(profile)


def pytest_collection_modifyitems(items):
    if SAMPLES.is_dir():
        return
    missing = pytest.mark.skip(reason=f"the real agency files are not in {SAMPLES}")
    for item in items:
        if item.get_closest_marker("samples"):
            item.add_marker(missing)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    """In CI, a test that did not run is a test that did not pass."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and exitstatus == pytest.ExitCode.OK and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    if not (IN_CI and skipped):
        return
    terminalreporter.section("skipped tests fail a CI run", red=True)
    for report in skipped:
        terminalreporter.line(f"{report.nodeid}: {report.longrepr[2]}")


def pytest_unconfigure(config):
    shutil.rmtree(settings.SCRATCH, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """A transactional test empties every table: put back what the migrations had laid down."""
    result = yield
    if _is_transactional(item):
        with item.config.stash[blocking_manager_key].unblock():
            database.put_back(TEMPLATES)
    return result


def _is_transactional(item):
    marker = item.get_closest_marker("django_db")
    return bool(
        (marker and marker.kwargs.get("transaction"))
        or {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    )


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """A SQLite file with every migration run; made once, copied for each session."""
    with django_db_blocker.unblock():
        database.lay_out(settings.SCRATCH, cache=TEMPLATES)
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
