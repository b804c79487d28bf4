"""The campaign's network is installed and served as in the tests of `dateline serve`."""

from tests.project.conftest import installation, migrated, start

__all__ = ["installation", "migrated", "start"]
