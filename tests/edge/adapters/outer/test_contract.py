"""What every cache must do when a tag is purged: ours, none, and a real Varnish. One contract."""

import pytest

from dateline.edge import services
from dateline.edge.domain.verdict import Mode
from tests.edge.adapters.outer import worlds

LONG_LIST = [f"sh:{number}" for number in range(300)]


def test_a_hard_purge_is_seen_by_the_next_reader(world, purge):
    world.tell("/1/", "Old.", ["s:1", "n:1"])
    world.tell("/2/", "Other.", ["s:2", "n:1"])
    assert [world.read("/1/"), world.read("/2/")] == ["Old.", "Other."]
    world.tell("/1/", "New.", ["s:1", "n:1"])

    purge(["s:1"])

    assert world.read("/1/") == "New."
    assert world.read("/2/") == "Other."


def test_what_nobody_purged_is_not_fetched_again(world, purge):
    world.tell("/2/", "Other.", ["s:2"])
    world.read("/2/")
    before = world.fetches

    purge(["s:1", "s:777"])

    assert world.read("/2/") == "Other."
    assert world.fetches - before == (1 if isinstance(world, worlds.Null) else 0)


def test_after_a_soft_purge_the_new_page_comes_soon(world, purge):
    world.tell("/1/", "Old.", ["cc:1"])
    world.read("/1/")
    world.tell("/1/", "New.", ["cc:1"])

    purge(["cc:1"], Mode.SOFT)

    assert world.read("/1/") in {"Old.", "New."}
    while world.read("/1/") != "New.":
        pass


def test_a_kill_is_seen_by_the_next_reader(world, purge):
    world.tell("/1/", "Killed.", ["s:1"])
    world.read("/1/")
    world.tell("/1/", "Gone.", ["s:1"])

    purge(["s:1"], Mode.GONE)

    assert world.read("/1/") == "Gone."


def test_any_one_of_many_tags_purges_a_page(world, purge):
    world.tell("/", "Old.", ["l:1:0", *LONG_LIST])
    for number, tag in enumerate(["l:1:0", LONG_LIST[0], LONG_LIST[151], LONG_LIST[299]]):
        world.read("/")
        world.tell("/", f"New {number}.", ["l:1:0", *LONG_LIST])

        purge([tag])

        assert world.read("/") == f"New {number}."


def test_many_tags_at_once_and_twice(world, purge):
    world.tell("/1/", "Old.", ["s:2999"])
    world.read("/1/")
    world.tell("/1/", "New.", ["s:2999"])

    for _ in range(2):
        purge([f"s:{number}" for number in range(3_000)])

    assert world.read("/1/") == "New."


@pytest.fixture(
    params=["embedded", "null", pytest.param("varnish", marks=pytest.mark.stack)],
)
def world(request, tmp_path, settings):
    if request.param == "varnish":
        yield request.getfixturevalue("varnish")
        return
    kind = {"embedded": worlds.Embedded, "null": worlds.Null}[request.param]
    world = kind(tmp_path / "edge")
    settings.DATELINE_EDGE_DIR = tmp_path / "edge"
    settings.DATELINE_EDGE_OUTER = (world.address,) if world.address else ()
    yield world
    world.end()


@pytest.fixture
def purge(world):
    def _purge(tags, mode=Mode.HARD):
        services.purge(tags, mode=mode, cause="test")

    return _purge
