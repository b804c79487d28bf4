"""Which engine an installation gets, and what is said where one cannot be used."""

import pytest
from django.db import DatabaseError

from dateline.project.config import Config, ConfigError
from dateline.search.adapters import connect, postgresql
from dateline.search.adapters.generations import Generations
from dateline.search.adapters.postgresql import PostgresEngine
from dateline.search.domain.index import EngineAway


@pytest.mark.parametrize(
    ("named", "name"),
    [
        ("sqlite", "sqlite"),
        ("tantivy", "tantivy"),
        ("postgresql", "postgresql"),
        ("opensearch+http://search.example:9200/stories", "opensearch"),
    ],
)
def test_the_setting_names_the_engine(named, name, tmp_path):
    assert connect._engine(named, tmp_path).name == name
    assert Config.read({"DATELINE_SEARCH": named}).search == named


@pytest.mark.parametrize("named", ["lucene", "opensearch+http://host", "opensearch+ftp://h/x"])
def test_another_engine_is_refused(named):
    with pytest.raises(ConfigError, match="it is none of them"):
        Config.read({"DATELINE_SEARCH": named})


@pytest.mark.django_db
def test_postgresql_is_asked_on_the_connection_of_the_newsroom():
    with postgresql._of_django() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_a_database_that_is_away_is_said_so():
    def away():
        raise DatabaseError("no route")

    with pytest.raises(EngineAway, match="PostgreSQL: no route"):
        PostgresEngine(away).count()


def test_a_lock_is_waited_for_and_then_given_up(tmp_path):
    with (
        Generations(tmp_path).alone("write", wait_s=0),
        pytest.raises(EngineAway, match=r"\(write\)"),
        Generations(tmp_path).alone("write", wait_s=0.05),
    ):
        raise AssertionError("two at once")
