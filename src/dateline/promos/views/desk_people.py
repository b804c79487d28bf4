"""The desk's screen for who books offers for which title."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from dateline.accounts.queries import by_email
from dateline.promos import forms
from dateline.promos.queries import people
from dateline.promos.services import managers
from dateline.promos.views.desk_access import READ_AND_WRITE, UNFIT, by, draw, leaders_only


@require_http_methods(READ_AND_WRITE)
@leaders_only
def people_screen(request: HttpRequest) -> HttpResponse:
    """Everybody who books offers, and a form for one more; for who books for the whole network."""
    data = request.POST if request.method == "POST" else None
    form = forms.AppointForm(data, sites=people.sites_of(by(request)))
    if data is not None and form.is_valid():
        person = by_email(form.cleaned_data["email"])
        if person is None:
            form.add_error("email", "Nobody here has this address.")
        else:
            verb = {"appoint": managers.appoint, "dismiss": managers.dismiss}
            verb[form.cleaned_data["verb"]](person.pk, masthead_id=form.masthead_id, by=by(request))
            messages.success(request, f"Kept, for {person}.")
            return redirect("offers_desk:people")
    return draw(
        request, "people", "People", status=UNFIT if form.errors else 200,
        form=form, managers=people.managers(),
    )  # fmt: skip
