"""HTTP for what the outbox cannot deliver: try it again now."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from dateline import clock
from dateline.outbox import queries, services

MAY_RETRY = "outbox.change_delivery"


@require_POST
@permission_required(MAY_RETRY, raise_exception=True)
def retry(request: HttpRequest) -> HttpResponse:
    """Try every delivery that keeps failing, or the one that is named, again at once."""
    stuck = [one.id for one in queries.stuck(at=clock.now())]
    named = request.POST.get("delivery", "")
    wanted = [pk for pk in stuck if str(pk) == named] if named else stuck
    by = request.user.get_full_name()  # type: ignore[union-attr]
    count = services.retry_now(wanted, by=by)
    if count:
        messages.success(
            request,
            f"{count} deliver{'y is' if count == 1 else 'ies are'} tried again now. "
            "What fails once more stays on this page.",
        )
    else:
        messages.info(request, "Nothing keeps failing any more.")
    return redirect("wagtailadmin_home")
