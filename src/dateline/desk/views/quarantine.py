"""What nobody could read: why, the bytes as they came, and another try."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from dateline.wire.queries import lists
from dateline.wire.queries.lists import Cursor
from dateline.wire.services import reading

see_raw = permission_required("wire.view_rawdelivery", raise_exception=True)
retry_raw = permission_required("wire.change_rawdelivery", raise_exception=True)


@require_GET
@never_cache
@see_raw
def index(request: HttpRequest) -> HttpResponse:
    """Deliveries in quarantine, newest first."""
    provider = request.GET.get("provider", "")[:40]
    return render(
        request,
        "desk/quarantine.html",
        {
            "page": lists.quarantine(
                before=Cursor.read(request.GET.get("before", "")), provider=provider
            ),
            "provider": provider,
            "may_retry": request.user.has_perm("wire.change_rawdelivery"),
            "breadcrumbs_items": [
                {"url": reverse("wire_desk:index"), "label": "Wire"},
                {"url": "", "label": "Quarantine"},
            ],
        },
    )


@require_GET
@never_cache
@see_raw
def raw(request: HttpRequest, raw_id: int) -> HttpResponseBase:
    """The bytes of one delivery as they came, to be saved: a browser must never run them."""
    try:
        delivery = lists.raw_row(raw_id)
        data = reading.open_raw(delivery)
    except ObjectDoesNotExist as error:
        raise Http404(f"There is no delivery {raw_id}.") from error
    except reading.Damaged as damage:
        messages.error(request, str(damage))
        return redirect("wire_desk:quarantine")
    name = re.sub(r"[^A-Za-z0-9._,-]", "_", delivery.file_name.rsplit("/", 1)[-1]).lstrip(".")
    return FileResponse(
        data,
        as_attachment=True,
        filename=f"{name or 'delivery'}.txt",
        content_type="text/plain; charset=utf-8",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


@require_POST
@see_raw
@retry_raw
def retry(request: HttpRequest, raw_id: int) -> HttpResponse:
    """Read one delivery again, with today's rules, and say what came of it."""
    by = request.user.get_full_name()  # type: ignore[union-attr]
    outcome = reading.retry_delivery(raw_id, by=by)
    if outcome is None:
        messages.info(request, "This delivery is not in quarantine any more.")
    elif outcome.reason:
        messages.error(request, f"It still cannot be read. {outcome.reason}")
    elif len(outcome.item_ids) == 1:
        messages.success(request, "It was read. Here is the item.")
        return redirect("wire_desk:item", outcome.item_ids[0])
    else:
        messages.success(request, f"It was read: {len(outcome.item_ids)} new items.")
    return redirect("wire_desk:quarantine")
