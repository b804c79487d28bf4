"""The desk's screen for alarms: what stands, the decision, and the second press."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from dateline import clock, doors
from dateline.fronts import queries, services
from dateline.fronts.domain.alarm import problems
from dateline.fronts.domain.errors import AlarmRefused
from dateline.fronts.domain.words import words_for
from dateline.fronts.forms import AlarmForm

SURE = "sure"
alarm_only = doors.let_in(queries.may_raise)


def words() -> dict[str, str]:
    """The words of the language in which this person uses the desk."""
    return words_for(get_language() or "en")


@require_http_methods(doors.READ_AND_WRITE)
@alarm_only
def alarm(request: HttpRequest) -> HttpResponse:
    """What stands, and the form. A first press shows what would be; only a second one acts."""
    stands, w = queries.standing(), words()
    form = AlarmForm(
        request.POST if request.method == "POST" else None, words=w,
        initial={
            "level": stands.level.value, "expected": stands.number,
            "english": stands.told.english, "japanese": stands.told.japanese,
            "links_english": stands.told.links_english,
            "links_japanese": stands.told.links_japanese,
        },
    )  # fmt: skip
    asked = request.method == "POST" and form.is_valid() and "back" not in request.POST
    if asked and SURE in request.POST and _switched(request, form):
        return redirect("alarm_desk")
    if asked and SURE not in request.POST:
        _complain(form, problems(form.cleaned_data["level"], form.told()))
    sure = asked and not form.errors
    return doors.draw(
        request, "fronts/desk/alarm.html", w["emergency"],
        below=(reverse("alarm_desk"), w["emergency"]), status=doors.UNFIT if form.errors else 200,
        w=w, form=form, stands=stands, now=w[f"level_{stands.level.value}"], sure=sure,
        do=w[f"do_{form.cleaned_data['level'].value}"] if sure else "",
        history=[(row, w[f"level_{row.level}"]) for row in queries.history()],
    )  # fmt: skip


def _switched(request: HttpRequest, form: AlarmForm) -> bool:
    try:
        services.switch(
            form.cleaned_data["level"], form.told(), by=doors.by(request), at=clock.now(),
            expected=form.cleaned_data["expected"],
        )  # fmt: skip
    except AlarmRefused as refusal:
        _complain(form, refusal.problems)
        return False
    messages.success(request, words()["was_done"])
    return True


def _complain(form: AlarmForm, found: dict[str, str]) -> None:
    for name, key in found.items():
        form.add_error(name or None, words()[key])
