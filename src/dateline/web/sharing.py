"""HTTP for the picture of a story that other sites show with its link."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.images.models import SourceImageIOError

from dateline import clock
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.edge.services import shared_page
from dateline.ids import story_path_id
from dateline.mastheads.domain.site import Site
from dateline.media import queries as media
from dateline.media import services as pictures
from dateline.media.domain.refusal import PictureRefused
from dateline.media.domain.sizes import Size
from dateline.stories.domain.pages import Gone, StoryPage
from dateline.stories.queries import reading as stories
from dateline.web.domain.palette import palette
from dateline.web.rendering import look_of, revalidated, site_of
from dateline.web.share_picture import Words, drawn

PHOTO = Size("4:5", 640, "jpeg")
MISSING, GONE = "There is no such story here.\n", "This story is no longer here.\n"


@shared_page()
@require_safe
def share_picture(request: HttpRequest, section: str, tail: str) -> HttpResponseBase:
    """1200 x 630 pixels, drawn when first asked for; 404 where the licence does not cover it.

    It falls with the story, its lead picture and the title's colours; 410 once the story is gone.
    """
    site, at = site_of(request), clock.now()
    named = story_path_id(tail)
    found = stories.story_page(site, named[1], at=at) if named else None
    if isinstance(found, Gone):
        return _text(GONE, 410)
    if found is None or found.card.path != f"/{section}/{tail}" or not found.shareable:
        return _text(MISSING, 404)
    response = HttpResponse(_picture(site, found, at=at), content_type="image/jpeg")
    response["Cache-Control"] = "no-cache"
    return revalidated(request, response)


def _picture(site: Site, page: StoryPage, *, at: datetime) -> bytes:
    edge.depend(keys.chrome(site.id))
    card, tokens = page.card, site.tokens
    return drawn(
        Words(name=site.name, kicker=card.kicker, headline=card.headline, look=look_of(site)),
        palette(ink=tokens.ink, paper=tokens.paper, accent=tokens.accent),
        photo=_photo(card.picture, at=at),
        credit=card.picture.credit if card.picture else "",
    )


def _photo(picture: Any, *, at: datetime) -> bytes | None:
    """The file of the lead picture's copy; None where there is none or it may not be shown."""
    if picture is None or not media.may_show(picture, at=at):
        return None
    try:
        with pictures.copy_of(picture, PHOTO).file.open("rb") as file:
            data: bytes = file.read()
            return data
    except (PictureRefused, SourceImageIOError, FileNotFoundError):
        return None


def _text(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
