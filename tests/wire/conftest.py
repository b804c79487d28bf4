"""What tests of the intake need: places on disk, a provider, a folder to drop files into.

Fixtures:
  places  settings point at empty directories; returns the intake directory
  kna     a provider with the slug `kna`
  drop    drop(data, name="a.json", to="kna"): a finished file, as if renamed in an hour ago
  scan    scan(): one look at everything; returns the ScanResult
"""

import os
from datetime import UTC, datetime, timedelta

import pytest

from dateline.wire.adapters.folder import Watch
from dateline.wire.services import intake
from tests.factories.wire import a_provider

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def places(tmp_path, settings):
    settings.DATELINE_DATA_DIR = tmp_path / "data"
    settings.DATELINE_INTAKE_DIR = tmp_path / "intake"
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "intake"


@pytest.fixture
def kna(db, places):
    return a_provider()


@pytest.fixture
def drop(places):
    def put(data, name="a.json", *, to="kna", age_s=3600):
        path = places / to / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written = (NOON - timedelta(seconds=age_s)).timestamp()
        os.utime(path, (written, written))
        return path

    return put


@pytest.fixture
def scan(places):
    watch = Watch()

    def look(at=NOON):
        return intake.scan_intake(at=at, watch=watch)

    return look
