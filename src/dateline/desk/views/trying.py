"""Drop a file and see what it would do: nothing of it is kept."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dateline import clock
from dateline.desk.forms import TryForm
from dateline.desk.queries import trying as queries
from dateline.wire.services import trying

try_files = permission_required("wire.change_provider", raise_exception=True)


@require_http_methods(["GET", "POST"])
@never_cache
@try_files
def index(request: HttpRequest) -> HttpResponse:
    """Ask for a file and whose it is; say what became of it, were it sent."""
    given = request.method == "POST"
    form = TryForm(request.POST if given else None, request.FILES if given else None)
    shown = {"form": form, "breadcrumbs_items": [
        {"url": reverse("wire_desk:index"), "label": "Wire"}, {"url": "", "label": "Try a file"},
    ]}  # fmt: skip
    if given and form.is_valid():
        shown |= _tried(form)
    return render(request, "desk/try.html", shown)


def _tried(form: TryForm) -> dict[str, object]:
    file, provider, at = form.cleaned_data["file"], form.cleaned_data["provider"], clock.now()
    try:
        tried = trying.try_file(file, name=file.name, provider=provider, at=at)
    except trying.Refusal as refusal:
        return {"refusal": str(refusal), "name": file.name}
    rows = [(one.row, one.effect, one.asks_in_words) for one in tried]
    return {"name": file.name, "found": queries.foreseen(rows, provider=provider, at=at)}
