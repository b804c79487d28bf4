"""What trending's tests begin with.

Fixtures:
  folder    an empty data folder, and a process that holds no counters
  titles    three titles in English and one in Japanese: slug → row
"""

import pytest

from dateline.mastheads import models as masthead_models
from dateline.trending.services import ranking
from tests.factories.newsroom import a_masthead


@pytest.fixture
def folder(tmp_path, settings):
    settings.DATELINE_DATA_DIR = tmp_path
    ranking.forget_process()
    yield tmp_path
    ranking.forget_process()


@pytest.fixture
def titles(db, folder):
    for slug in ("musashi", "kinako", "rails"):
        a_masthead(slug, sections=("world", "food"))
    a_masthead("fukurou", language="ja", sections=("world",))
    return {row.slug: row for row in masthead_models.Masthead.objects.all()}
