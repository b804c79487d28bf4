"""Figures of all fronts together, for scrapes and for the desk."""

import json
import os
from ipaddress import ip_network

import pytest

from dateline.project.front import metrics
from dateline.project.front.metrics import Counts, p99_s
from tests.project.front.conftest import ask


def figures(body):
    lines = (line.rsplit(" ", 1) for line in body.decode().splitlines() if line[0] != "#")
    return {name.removeprefix("dateline_front_"): float(value) for name, value in lines}


def test_what_the_front_did_is_counted(cached, renderer, edge):
    response, body = ask(cached, "/")
    tag = response.headers["etag"]
    for headers in ({}, {}, {"if_none_match": tag}, {"range": "bytes=0-1"}):
        ask(cached, "/", **headers)
    edge.purge("s:1")
    ask(cached, "/%00")

    response, text = ask(cached, "/metrics")

    found = figures(text)
    assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    names = ["miss", "hit", "not_modified", "bypass", "refused", "renders", "stored", "bytes"]
    assert [found[f"{name}_total"] for name in names] == [1, 3, 1, 1, 1, 1, 1, 2 * len(body)]
    assert found["pages"] == 1
    assert found["purges_total"] == 1
    assert found["seconds_count"] == found['seconds_bucket{le="+Inf"}'] == 6
    assert 0 < found["p99_seconds"] < 10


@pytest.mark.parametrize("headers", [{"x_forwarded_for": "127.0.0.1"}, {"forwarded": "for=::1"}])
def test_nobody_reads_them_through_a_proxy(cached, renderer, headers):
    ask(cached, "/metrics", **headers)

    assert b"GET /metrics" in renderer.asked[0][0]


def test_a_declared_proxy_may_ask_for_itself_but_not_for_a_reader(front_at, renderer, edge):
    renderer.answers = [edge.page("not here", status="404 Not Found")]
    with front_at(edge=edge, trusted=(ip_network("127.0.0.1"),)) as port:
        reader, _ = ask(port, "/metrics", x_forwarded_for="198.51.100.7")
        itself, _ = ask(port, "/metrics")

    assert (reader.status, itself.status) == (404, 200)


def test_without_a_cache_there_are_figures_too(front, renderer):
    ask(front, "/")

    assert figures(ask(front, "/metrics")[1])["bypass_total"] == 1


def test_fronts_are_added_up_and_dead_ones_removed(tmp_path):
    metrics.write(Counts(hit=3, purges=7, pages=2, times=[1] * 15), tmp_path)
    folder = tmp_path / metrics.FOLDER
    ours = json.loads((folder / f"{os.getpid()}.json").read_text())
    (folder / "1.json").write_text(json.dumps(ours | {"purges": 9, "hit": 10, "pages": 1}))
    (folder / "4194305.json").write_text(json.dumps(ours))  # above the largest process id

    total = metrics.read(tmp_path)

    assert (total.hit, total.purges, total.pages) == (13, 9, 3)
    assert total.times == [2] * 15
    assert not (folder / "4194305.json").exists()


@pytest.mark.parametrize("text", ["", "{", '{"hit": "many", "times": [1]}'])
def test_a_file_that_cannot_be_read_counts_nothing(tmp_path, text):
    (tmp_path / metrics.FOLDER).mkdir()
    (tmp_path / metrics.FOLDER / "1.json").write_text(text)

    assert metrics.read(tmp_path) == Counts()


def test_figures_that_cannot_be_written_cost_nothing(tmp_path):
    (tmp_path / metrics.FOLDER).write_text("a file where the folder should be")

    metrics.write(Counts(), tmp_path)


def test_the_slowest_hundredth_is_told_by_its_class():
    counts = Counts()
    assert p99_s(counts) == metrics.EDGES[0]
    for _ in range(99):
        counts.took(0.002)
    counts.took(3)
    assert p99_s(counts) == 0.0025
    counts.took(60)

    assert p99_s(counts) == 5.0
    counts.times = [0] * 14 + [1]
    assert p99_s(counts) == float("inf")
