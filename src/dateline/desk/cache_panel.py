"""The page cache on the start page: how it does, for whoever runs the installation."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from wagtail.admin.ui.components import Component

MAY_SEE = "outbox.change_delivery"  # administrators: the same people mend what keeps failing


class CachePanel(Component):
    """Hit rate, pages, the oldest page shown, slow purges, caches in front. Asks no database."""

    order = 90
    template_name = "desk/start_cache.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        del parent_context
        return {"figures": import_string(settings.DATELINE_EDGE_FIGURES)()}
