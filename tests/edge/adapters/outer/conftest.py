"""One real Varnish for all tests of outer caches; each test has a host of its own in it."""

import itertools

import pytest

from tests import varnishd
from tests.edge.adapters.outer import worlds

NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def one_varnish(tmp_path_factory):
    if not varnishd.VARNISHD:
        pytest.skip("varnishd is not installed: python3 bin/system_packages.py")
    world = worlds.Varnish(tmp_path_factory.mktemp("varnish"))
    yield world
    world.end()


@pytest.fixture
def varnish(one_varnish, tmp_path, settings):
    settings.DATELINE_EDGE_DIR = tmp_path / "edge"
    settings.DATELINE_EDGE_OUTER = (one_varnish.address,)
    one_varnish.host = f"t{next(NUMBERS)}.test"
    return one_varnish
