"""What tests of the demo need.

Fixtures:
  folder   an empty data folder that the settings point at
  demo     the same, marked as a demo that was seeded
"""

import pytest

from dateline.demo import adapters


@pytest.fixture
def folder(tmp_path, settings):
    data = tmp_path / "data"
    data.mkdir()
    settings.DATELINE_DATA_DIR = data
    settings.DATELINE_INTAKE_DIR = data / "intake"
    settings.EMAIL_FILE_PATH = str(data / "mail")
    settings.MEDIA_ROOT = str(data / "media")
    return data


@pytest.fixture
def demo(folder):
    adapters.write_marker({"seeded_at": "2026-11-23T06:00:00+00:00"})
    return folder
