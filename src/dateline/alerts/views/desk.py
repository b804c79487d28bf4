"""The desk's screens of alerts: history, writing one, the second person, taking one back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from dateline import clock
from dateline.alerts import forms
from dateline.alerts.domain.errors import AlertRefused
from dateline.alerts.domain.kinds import LONGEST_TEXT, AlertClass
from dateline.alerts.domain.words import words_for
from dateline.alerts.queries import audience, desk, people
from dateline.alerts.services import alerting, amending
from dateline.alerts.services.alerting import Wording
from dateline.alerts.views.desk_access import (
    READ_AND_WRITE,
    UNFIT,
    alerters_only,
    by,
    draw,
    own_alert,
    own_site,
)
from dateline.stories.queries import reading as stories


@alerters_only
def index(request: HttpRequest) -> HttpResponse:
    """Every alert of their mastheads, with figures; those that wait for a second person first."""
    sites, at = people.sites_of(by(request)), clock.now()
    return draw(
        request, "index", "Alerts", lines=desk.lines([site.id for site in sites]), who=by(request),
        recent=[(site, desk.recent(site, at=at)) for site in sites], drill=desk.last_drill(),
        alarm=desk.drill_problem(at=at), refusals=desk.refusal_problem(at=at),
        leads=people.sends(by(request), None),
    )  # fmt: skip


@require_http_methods(READ_AND_WRITE)
@alerters_only
def write(request: HttpRequest, slug: str, story_id: int) -> HttpResponse:
    """Write an alert of a story for one masthead. Who would get it is counted before."""
    site, at = own_site(request, slug), clock.now()
    if not alerting.is_open(story_id, site.id, at=at):
        raise Http404("Readers of this masthead may not be alerted to this story now.")
    headline, topics = stories.headline_of(story_id), stories.topics_of(story_id)
    counts = audience.counted(site.id, story_id=story_id, topics=topics, at=at)
    data = request.POST if request.method == "POST" else None
    form = forms.AlertForm(data, counts=counts, initial={"text": headline[:LONGEST_TEXT]})
    if data is not None and form.is_valid():
        wording = Wording(
            key=form.cleaned_data["key"], masthead_id=site.id, story_id=story_id,
            alert_class=form.alert_class, text=form.cleaned_data["text"], topic_id=form.topic_id,
        )  # fmt: skip
        try:
            alerting.send_alert(wording, by=by(request), at=at)
        except AlertRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            asks = wording.alert_class is AlertClass.BREAKING
            messages.success(request, SENT[asks])
            return redirect("alerts_desk:index")
    return draw(
        request, "write", "Write an alert", status=UNFIT if form.errors else 200,
        form=form, site=site, headline=headline, longest=LONGEST_TEXT,
    )  # fmt: skip


SENT = {
    True: "The alert waits for a second person: ten minutes, then it lapses.",
    False: "The alert is on its way.",
}


@require_POST
@alerters_only
def confirm(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Say, as the second person, that a breaking alert goes out."""
    row = own_alert(request, alert_id)
    try:
        alerting.confirm(row.pk, by=by(request), at=clock.now())
    except AlertRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Confirmed. The alert is on its way.")
    return redirect("alerts_desk:index")


@require_POST
@alerters_only
def mail(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Tell a correction or a withdrawal by mail too, to those who got the alert by mail."""
    row = own_alert(request, alert_id)
    try:
        amending.ask_mail(row.pk, by=by(request), at=clock.now())
    except AlertRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Those who got it by mail get one mail about it.")
    return redirect("alerts_desk:index")


@require_http_methods(READ_AND_WRITE)
@alerters_only
def withdraw(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Take an alert back; whoever was shown it is shown a notice in its place."""
    row = own_alert(request, alert_id)
    language = next(s.language for s in people.sites_of(by(request)) if s.id == row.masthead_id)
    data = request.POST if request.method == "POST" else None
    form = forms.WithdrawForm(data, initial={"text": words_for(language)["withdrawn_text"]})
    if data is not None and form.is_valid():
        told = form.cleaned_data
        try:
            alerting.withdraw(
                row.pk, reason=told["reason"], text=told["text"], by=by(request), at=clock.now()
            )
        except AlertRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Taken back.")
            return redirect("alerts_desk:index")
    return draw(
        request, "withdraw", "Take an alert back", status=UNFIT if form.errors else 200,
        form=form, alert=row,
    )  # fmt: skip
