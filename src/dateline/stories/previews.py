"""How the desk previews a story: by the very code that draws the public page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string


class StoryPreview:
    """Preview modes: one for each masthead the draft is placed on."""

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        placed = [(p.masthead.slug, p.masthead.name) for p in self.placements.all()]  # type: ignore[attr-defined]
        return placed or [("", "No masthead chosen yet")]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Draw the unsaved story as the masthead with slug `mode_name` would show it."""
        renderer: Any = import_string(settings.DATELINE_PREVIEW_RENDERER)
        answer: HttpResponse = renderer(request, self, masthead_slug=mode_name)
        return answer
