"""What the tests of every kind of page share.

Fixtures:
  drawn  every page, asked once for all files of this folder
"""

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.test import override_settings

from tests.web.matrix.drawn import draw


@pytest.fixture(scope="package")
def drawn(django_db_setup, django_db_blocker, tmp_path_factory):
    """Every page. What it took is gone before a browser starts: Django works beside no loop."""
    folder = tmp_path_factory.mktemp("matrix")
    changed = {
        "MEDIA_ROOT": str(folder), "DATELINE_SEARCH": "", "DATELINE_SEARCH_DIR": folder,
        "MIDDLEWARE": settings.PRODUCT_MIDDLEWARE,
    }  # fmt: skip
    with django_db_blocker.unblock(), override_settings(**changed):
        with transaction.atomic():
            found = draw()
            transaction.set_rollback(True)
        connections.close_all()
    return found
