"""Notices of illegal content by anybody: the form, what becomes of one, the numbers of a year."""

import csv
from typing import Any

from allauth.core import internal
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from dateline import clock
from dateline.discussion.domain.notice_words import notice_words_for
from dateline.discussion.domain.notices import Given, NoticeKind, NoticeRefused, Numbers
from dateline.discussion.domain.told_words import rules_for
from dateline.discussion.queries import notices as told
from dateline.discussion.services import notices
from dateline.web import pages, queries
from dateline.web.domain.meta import Meta
from dateline.web.rendering import draw, site_of

PATH = "/notices/"
FIELDS = ("address", "kind", "reasons", "name", "email")
FROM_ONE_PLACE = {"notice": "10/h/ip"}
FIRST_YEAR = 2024  # the year in which the regulation began to hold for everybody
TOO_MANY, UNFIT = 429, 422


@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest) -> HttpResponseBase:
    """The form; works without JavaScript and without an account. A refusal keeps what was typed."""
    if request.method != "POST":
        return _form(request, {"address": request.GET.get("address", "")[:2000]})
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    typed["good_faith"] = request.POST.get("good_faith", "")
    if request.POST.get("website"):  # people do not see this field; their browser may fill it in
        return _form(request, typed, problem=("", "filled_in"), status=UNFIT)
    if not internal.ratelimit.consume(
        request, app="dateline", action="notice", config=FROM_ONE_PLACE
    ):
        return _form(request, typed, problem=("", "too_many"), status=TOO_MANY)
    given = Given(
        address=typed["address"], kind=typed["kind"], reasons=typed["reasons"],
        name=typed["name"], email=typed["email"], good_faith=bool(typed["good_faith"]),
    )  # fmt: skip
    try:
        reference = notices.give_notice(given, masthead_id=site_of(request).id, at=clock.now())
    except NoticeRefused as refusal:
        return _form(request, typed, problem=(refusal.field, refusal.reason), status=UNFIT)
    return redirect(f"{PATH}{notices.link_of(reference)}/")


def _form(
    request: HttpRequest,
    typed: dict[str, str],
    *,
    problem: tuple[str, str] = ("", ""),
    status: int = 200,
) -> HttpResponseBase:
    words = notice_words_for(site_of(request).language)
    field, reason = problem
    return _drawn(
        request, "notice_form", words["title"], status=status, typed=typed, wrong=field,
        problem=words[reason] if reason else "",
        kinds=[(kind.value, words[kind.value]) for kind in NoticeKind],
    )  # fmt: skip


@require_safe
def status(request: HttpRequest, link: str) -> HttpResponseBase:
    """What became of one notice, for whoever holds its link."""
    reference = notices.reference_of(link)
    found = told.told_notice(reference) if reference else None
    if found is None or found.masthead_id != site_of(request).id:
        return pages.not_found(request)
    title = notice_words_for(site_of(request).language)["status_title"].format(found.reference)
    return _drawn(request, "notice_status", title, notice=found)


@require_safe
def numbers(request: HttpRequest, year: int) -> HttpResponseBase:
    """The numbers of one year, for everybody."""
    found = _numbers(request, year)
    if found is None:
        return pages.not_found(request)
    words = notice_words_for(site_of(request).language)
    title = words["numbers_title"].format(year)
    return _drawn(request, "notice_numbers", title, year=year, groups=_groups(request, found))


@require_safe
def numbers_csv(request: HttpRequest, year: int) -> HttpResponseBase:
    """The same as CSV: group, what, number."""
    found = _numbers(request, year)
    if found is None:
        return pages.not_found(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="notices-{year}.csv"'
    csv.writer(response).writerows([("group", "what", "number"), *found.rows])
    return response


@require_safe
def numbers_json(request: HttpRequest, year: int) -> HttpResponseBase:
    """The same as JSON: an object of each group."""
    found = _numbers(request, year)
    if found is None:
        return pages.not_found(request)
    groups: dict[str, dict[str, float]] = {}
    for group, what, number in found.rows:
        groups.setdefault(group, {})[what] = number
    return JsonResponse({"year": year, "title": site_of(request).name, **groups})


def _numbers(request: HttpRequest, year: int) -> Numbers | None:
    if not FIRST_YEAR <= year <= clock.now().year:
        return None
    return told.numbers(year, masthead_id=site_of(request).id)


def _groups(request: HttpRequest, found: Numbers) -> list[tuple[str, list[tuple[str, float]]]]:
    """(heading, rows) of each group, in words."""
    language = site_of(request).language
    words, rules = notice_words_for(language), rules_for(language)
    groups: dict[str, list[tuple[str, float]]] = {}
    for group, what, number in found.rows:
        name = f"{what}. {rules[int(what)]}" if what.isdigit() else words[what]
        groups.setdefault(words[f"group_{group}"], []).append((name, number))
    return list(groups.items())


def _drawn(
    request: HttpRequest, kind: str, title: str, *, status: int = 200, **context: Any
) -> HttpResponseBase:
    site = site_of(request)
    response = draw(
        request, site, kind, at=clock.now(), network=queries.other_titles(site), status=status,
        meta=Meta(title=f"{title} — {site.name}", headline=title, hidden=True),
        n=notice_words_for(site.language), title=title, **context,
    )  # fmt: skip
    response.headers["Cache-Control"] = "private, no-store"
    return response
