"""A store of a test's own, and another front that has it open."""

from contextlib import suppress

import pytest

from tests.edge import children
from tests.edge.adapters.stores import a_store


@pytest.fixture
def store(tmp_path):
    store = a_store(tmp_path)
    yield store
    store.close()


@pytest.fixture
def other(tmp_path):
    """A front in a process of its own. Ask for it before `store`."""
    other = children.Other(lambda: a_store(tmp_path))
    yield other
    with suppress(ChildProcessError, ProcessLookupError):
        other.end()
