"""HTTP for picture files: every file passes the gate, whoever asks and however often."""

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.utils.cache import patch_cache_control
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe
from wagtail.images.models import SourceImageIOError

from dateline import clock
from dateline.edge.services import shared_page
from dateline.media import queries, services
from dateline.media.domain import byte_ranges, sizes
from dateline.media.domain.refusal import PictureRefused
from dateline.media.models import Picture, Rendition

log = structlog.get_logger(__name__)

GONE = "This picture has been withdrawn and may not be shown.\n"
MISSING = "There is no such picture.\n"
_ORIGINAL_SPEC = "original"
TYPES = {
    "avif": "image/avif",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
}


@shared_page()
@require_safe
def reader_copy(request: HttpRequest, picture_id: int, token: str, name: str) -> HttpResponse:
    """Serve one copy for readers, made on first request.

    410 when killed or expired, 404 when held, unknown or only in stories that readers may not see,
    302 to the present address when file, crop or credits changed since the page was made.
    """
    size = sizes.parse(name)
    picture = queries.by_id(picture_id)
    if size is None or picture is None:
        return _text(MISSING, 404)
    if not queries.may_show(picture, at=clock.now()):
        return _withheld(picture)
    present = queries.rendition_path(picture, size.ratio, size.width, size.format)
    standing = _standing(picture)
    if not _story_allows(request, standing, named=request.path == present):
        return _text(MISSING, 404)
    if request.path != present:
        return _uncached(HttpResponseRedirect(present))
    response = _copy(request, picture, size, etag=token)
    return response if standing else _for_one(response)


def _standing(picture: Picture) -> bool | None:
    standing: bool | None = import_string(settings.DATELINE_PICTURE_GATE)(
        picture.pk, at=clock.now()
    )
    return standing


def _story_allows(request: HttpRequest, standing: bool | None, *, named: bool) -> bool:
    """Ask the stories' gate. One in no story yet is for those who name it exactly, and the desk.

    Who only guesses numbers must not find the picture of a story that is not out.
    """
    return bool(standing or (named and standing is None) or _is_staff(request))


def _copy(request: HttpRequest, picture: Picture, size: sizes.Size, *, etag: str) -> HttpResponse:
    try:
        copy = services.copy_of(picture, size)
    except SourceImageIOError:
        log.warning("picture_original_missing", picture=picture.pk)
        return _text(MISSING, 404)
    except PictureRefused:
        return _text(GONE, 410)
    return _file(request, copy, etag=f'"{copy.pk}-{etag}"')


@require_safe
def desk_copy(request: HttpRequest, name: str) -> HttpResponse:
    """Serve a rendition that Wagtail made, by its file name.

    Staff see the copies of killed and held pictures, and only staff see a copy
    at full size, or one of a picture that readers find in no story.
    """
    copy = queries.copy_named(f"images/{name}")
    if copy is None:
        return _text(MISSING, 404)
    shown = queries.may_show(copy.image, at=clock.now()) and copy.filter_spec != _ORIGINAL_SPEC
    if not shown and not _is_staff(request):
        return _withheld(copy.image)
    if shown and not _story_allows(request, _standing(copy.image), named=False):
        return _text(MISSING, 404)
    if not copy.file.storage.exists(copy.file.name):
        return _text(MISSING, 404)
    response = _file(request, copy, etag=f'"{copy.pk}"')
    return response if shown else _private(response)


@require_safe
def original(request: HttpRequest, name: str) -> HttpResponse:
    """Serve an original as a download to staff who may use pictures; to nobody when killed."""
    picture = queries.by_original(name) if _is_staff(request) else None
    if picture is None:
        return _text(MISSING, 404)
    if picture.killed_at is not None:
        return _text(GONE, 410)
    with picture.open_file() as file:
        response = HttpResponse(file.read(), content_type=_content_type(name))
    response["Content-Disposition"] = f'attachment; filename="{picture.filename}"'
    return _private(response)


def _withheld(picture: Picture) -> HttpResponse:
    """Answer for a picture that may not be shown: gone for good, or not there yet."""
    waits = picture.held_reason or (picture.embargo_until and picture.embargo_until > clock.now())
    gone = picture.killed_at is not None or not waits
    return _text(GONE, 410) if gone else _text(MISSING, 404)


def _is_staff(request: HttpRequest) -> bool:
    return request.user.has_perm("wagtailadmin.access_admin")


def _file(request: HttpRequest, copy: Rendition, *, etag: str) -> HttpResponse:
    if etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        with copy.file.open("rb") as file:
            response = _ranged(request, file.read(), etag, _content_type(copy.file.name))
    response["ETag"] = etag
    patch_cache_control(response, public=True, no_cache=True)
    return response


def _ranged(request: HttpRequest, data: bytes, etag: str, content_type: str) -> HttpResponse:
    wanted = request.headers.get("Range")
    if request.headers.get("If-Range", etag) != etag:
        wanted = None  # the rest of another file is no use to anybody
    try:
        found = byte_ranges.parse(wanted, len(data))
    except byte_ranges.Unsatisfiable:
        response = HttpResponse(status=416, content_type=content_type)
        response["Content-Range"] = f"bytes */{len(data)}"
        return _safe(response)
    if found is None:
        response = HttpResponse(data, content_type=content_type)
    else:
        first, last = found
        response = HttpResponse(data[first : last + 1], status=206, content_type=content_type)
        response["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
    response["Accept-Ranges"] = "bytes"
    return _safe(response)


def _content_type(name: str) -> str:
    """The type of a file we made or took in; what the machine knows of types does not matter."""
    return TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def _text(words: str, status: int) -> HttpResponse:
    return _uncached(HttpResponse(words, status=status, content_type="text/plain; charset=utf-8"))


def _safe(response: HttpResponse) -> HttpResponse:
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _uncached(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, no_store=True)
    return _safe(response)


def _for_one(response: HttpResponse) -> HttpResponse:
    """No shared cache may keep a picture that no story has let through: nothing would purge it."""
    patch_cache_control(response, private=True)
    return response


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return _safe(response)
