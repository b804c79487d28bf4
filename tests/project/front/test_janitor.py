"""The front tidies the store of pages once a second, and leaves it in good order."""

import asyncio

import pytest

from dateline.edge.domain.verdict import Mode
from dateline.project.front.app import Front
from dateline.project.front.renderers import Renderers
from tests.edge.pages import a_page, key_of


def test_a_killed_page_does_not_lie_on_the_disk(front, edge):
    store = front.fills.store
    start = edge.counters.sequence()
    store.put(key_of(b"/1/"), a_page(start=start, tags=["s:1"], stored_at=edge.clock()))
    store.put(key_of(b"/2/"), a_page(start=start, tags=["s:2"], stored_at=edge.clock()))
    edge.purge("s:1", mode=Mode.GONE)
    edge.purge("s:2")

    front._chore()

    assert store.get(key_of(b"/1/")) is None
    assert store.get(key_of(b"/2/")) is not None  # for when no renderer answers


def test_a_front_that_ends_in_good_order_is_no_crash(front, edge):
    """Two fronts that died with a store open within a minute make the third leave it behind."""
    assert len(markers(edge)) == 1

    async def receive():
        return {"type": "lifespan"}

    async def send(message):
        pass

    asyncio.run(front._live(receive, send))

    assert markers(edge) == []
    assert front.fills.store.stats() is None


def markers(edge):
    return list(edge.directory.glob("pages/*/opened-*"))


@pytest.fixture
def front(edge, tmp_path):
    renderers = Renderers(socket=str(tmp_path / "r.sock"), timeout_s=1.0)
    fills = edge.fills(renderers)
    yield Front(renderers=renderers, trusted=(), token=b"secret", fills=fills)
    fills.store.close()
