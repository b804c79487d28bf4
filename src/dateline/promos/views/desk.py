"""The desk's screens for offers: the list, a campaign, its form, ads.txt."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from dateline import clock
from dateline.promos import forms, models
from dateline.promos.adapters import links
from dateline.promos.domain.errors import PromoRefused, Unfit
from dateline.promos.domain.kinds import EDITABLE, State, Verb, moves_from
from dateline.promos.queries import ads, campaigns, delivery, people
from dateline.promos.services import booking, running
from dateline.promos.services.ads_txt import save_ads_txt
from dateline.promos.views.desk_access import (
    READ_AND_WRITE,
    UNFIT,
    by,
    draw,
    managers_only,
    own_campaign,
)


@managers_only
def index(request: HttpRequest) -> HttpResponse:
    """Every campaign on a masthead of theirs, with delivery beside its plan."""
    sites = people.sites_of(by(request))
    lines = delivery.lines([site.id for site in sites], at=clock.now())
    return draw(
        request,
        "index",
        "Offers",
        lines=lines,
        sites=sites,
        leads=people.manages(by(request), None),
    )


@managers_only
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One campaign: how it stands, what readers see, what it delivered, what was done with it."""
    row, who = own_campaign(request, campaign_id), by(request)
    report = delivery.report(row.pk, at=clock.now())
    ids = {row.home_id, *row.mastheads.values_list("pk", flat=True)}
    return draw(
        request, "campaign", row.name,
        row=report.campaign if report else row, report=report,
        terms=campaigns.terms_of(report.campaign) if report else None,
        moves=moves_from(State(row.state)), editable=State(row.state) in EDITABLE,
        notes=row.notes.select_related("by").order_by("-pk"),
        report_name=links.sign_report(row.pk), site=people.sites_of(who)[0],
        others=people.may_approve_instead(who, ids, author_id=campaigns.author_of(row)),
    )  # fmt: skip


@require_http_methods(READ_AND_WRITE)
@managers_only
def book(request: HttpRequest) -> HttpResponse:
    """Write a new campaign down."""
    return _form(request, None)


@require_http_methods(READ_AND_WRITE)
@managers_only
def edit(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Change a draft."""
    return _form(request, campaigns.rows().get(pk=own_campaign(request, campaign_id).pk))


def _form(request: HttpRequest, row: models.Campaign | None) -> HttpResponse:
    sites = people.sites_of(by(request))
    data = request.POST if request.method == "POST" else None
    form = forms.CampaignForm(data, sites=sites, initial=_initial(row, sites))
    terms = campaigns.terms_of(row) if row else None
    creatives = forms.CreativeForms(
        data, prefix="ad", initial=forms.initial_creatives(terms) if terms else None
    )
    if data is not None and form.is_valid() and creatives.is_valid():
        try:
            campaign_id = _saved(form, creatives, row, request)
        except PromoRefused as refusal:
            for problem in refusal.problems if isinstance(refusal, Unfit) else [str(refusal)]:
                form.add_error(None, problem)
        else:
            messages.success(request, "The campaign is kept. Nobody sees it before it is approved.")
            return redirect("offers_desk:campaign", campaign_id)
    return draw(
        request, "form", row.name if row else "Book a campaign",
        status=UNFIT if data is not None else 200, form=form, creatives=creatives,
    )  # fmt: skip


def _initial(row: models.Campaign | None, sites: list[Any]) -> dict[str, Any]:
    if row is not None:
        return forms.initial_of(row, campaigns.terms_of(row))
    today = clock.now().astimezone(ZoneInfo(sites[0].time_zone)).date()
    return forms.initial_new(sites, today)


def _saved(
    form: forms.CampaignForm, creatives: Any, row: models.Campaign | None, request: HttpRequest
) -> int:
    who = by(request)
    advertiser = booking.add_advertiser(form.cleaned_data["advertiser"], by=who)
    terms = form.terms(advertiser, [one.terms() for one in creatives if one.has_changed()
                                    or one.initial])  # fmt: skip
    if row is None:
        return booking.book(terms, by=who)
    booking.change(row.pk, terms, by=who)
    return row.pk


@require_POST
@managers_only
def move(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Submit, approve, pause, end, return or kill a campaign."""
    row = own_campaign(request, campaign_id)
    form = forms.MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose what to do with it.")
        return redirect("offers_desk:campaign", row.pk)
    told = form.cleaned_data
    try:
        running.move(row.pk, Verb(told["verb"]), by=by(request), reason=told["reason"])
    except PromoRefused as refusal:
        messages.error(request, str(refusal))
    else:
        row.refresh_from_db()
        messages.success(request, f"The campaign is {row.state}.")
    return redirect("offers_desk:campaign", row.pk)


@require_http_methods(READ_AND_WRITE)
@managers_only
def ads_txt(request: HttpRequest) -> HttpResponse:
    """Every ads.txt of the network, and a form for one."""
    form = forms.AdsTxtForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            save_ads_txt(told["domain"], told["text"], by=by(request))
        except PromoRefused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, "The ads.txt is public now.")
            return redirect("offers_desk:ads_txt")
    return draw(
        request, "ads_txt", "ads.txt", status=UNFIT if form.errors else 200,
        form=form, files=ads.files(),
    )  # fmt: skip
