"""How OpenSearch is spoken to: who asks, what it refuses, and that it is away."""

import pytest

from dateline.search.adapters.opensearch import OpenSearchEngine
from dateline.search.domain.index import EngineAway
from tests.search import gold_set
from tests.search.opensearch_stub import Cluster, serving


def test_says_who_asks():
    cluster = Cluster()
    with serving(cluster) as address:
        OpenSearchEngine(f"{address.replace('//', '//ana:p%40ss@')}/stories").replace([])

    assert cluster.headers["Authorization"] == "Basic YW5hOnBAc3M="


def test_a_server_that_is_away_is_said_so():
    with serving() as address:
        engine = OpenSearchEngine(f"{address}/stories")

    with pytest.raises(EngineAway, match=r"OpenSearch at 127\.0\.0\.1:"):
        engine.count()


def test_what_the_server_could_not_do_is_said_so():
    with (
        serving(prefix=(500, {"error": "no room"})) as address,
        pytest.raises(EngineAway, match="answered 500: no room"),
    ):
        OpenSearchEngine(f"{address}/stories").count()


def test_a_document_that_is_refused_is_said_so():
    cluster = Cluster()
    with serving(cluster) as address:
        engine = OpenSearchEngine(f"{address}/stories")
        engine.replace([])
        cluster.named("stories")["mapping"]["mappings"]["properties"].pop("text")

        with pytest.raises(EngineAway, match="strict_dynamic_mapping_exception"):
            engine.replace(gold_set.documents()[:1])


def test_a_rebuild_leaves_one_index():
    cluster = Cluster()
    with serving(cluster) as address:
        engine = OpenSearchEngine(f"{address}/stories")
        for _ in range(3):
            engine.rebuild(gold_set.documents()[:2])

    assert list(cluster.indices) == ["stories-3"]
    assert cluster.aliases == {"stories": "stories-3"}


def test_https_is_spoken_where_it_is_asked_for():
    with pytest.raises(EngineAway, match=r"127\.0\.0\.1:9"):
        OpenSearchEngine("https://127.0.0.1:9/stories").count()
