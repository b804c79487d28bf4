"""The desk's screens for trending: the network, a masthead with its rules, a story."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail import hooks
from wagtail.admin import messages

from dateline import clock
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.trending.domain.desk_words import what
from dateline.trending.domain.steering import RuleRefused
from dateline.trending.forms import NUMBER, RuleForm
from dateline.trending.queries import desk, people
from dateline.trending.services import rules
from dateline.trending.views.desk_access import (
    UNFIT,
    by,
    curators_only,
    draw,
    own_site,
    said,
    words,
)

LONGEST_SEARCH = 100
IN_THE_NETWORK = 5  # stories of each masthead, where they stand one below the other


@require_safe
@curators_only
def index(request: HttpRequest) -> HttpResponse:
    """Every masthead of theirs, one beneath the other; the only one at once."""
    sites = people.sites_of(by(request))
    if len(sites) == 1:
        return redirect("trending_desk:board", sites[0].slug)
    every = mastheads.all_mastheads()
    boards = desk.boards(sites, every, at=clock.now(), most=IN_THE_NETWORK)
    return draw(request, "index", words()["trending"], boards=boards)


@require_http_methods(["GET", "HEAD", "POST"])
@curators_only
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """A masthead's live list, its readers, its rules, and the form for another."""
    site = own_site(request, slug)
    form = RuleForm(
        request.POST if request.method == "POST" else None,
        words=words(), initial=_chosen(request),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _set(request, site, form):
        return redirect("trending_desk:board", slug)
    every, q = mastheads.all_mastheads(), request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    (shown,) = desk.boards([site], every, at=clock.now())
    return draw(
        request, "board", f"{words()['trending']} · {site.name}",
        status=UNFIT if form.errors else 200, board=shown, site=site, form=form, q=q,
        found=desk.find(site, every, q, at=clock.now()) if q else None,
        rules=_said(desk.rules(site, at=clock.now())), notes=_said(desk.notes(site)),
    )  # fmt: skip


def _said(found: Iterable[desk.Ruled]) -> list[dict[str, Any]]:
    """Rules and notes with the words for them."""
    w = words()
    return [
        {**asdict(one), "what": what(one.rule, w), "done": w.get(f"verb_{one.verb}", "")}
        for one in found
    ]


def _chosen(request: HttpRequest) -> dict[str, str]:
    """What a link in the list filled in already."""
    return {name: request.GET[name][:200] for name in ("story", "kind") if name in request.GET}


def _set(request: HttpRequest, site: Site, form: RuleForm) -> bool:
    wish = form.wish(clock.now())
    try:
        note = rules.set_rule(site.id, wish, by=by(request))
    except RuleRefused as refusal:
        form.add_error(None, said(refusal))
        return False
    rule = {"kind": wish.kind, "slot": wish.slot, "factor": wish.factor}
    _say_done(request, words()["was_set"].format(what=what(rule, words())), site, note)
    return True


def _say_done(request: HttpRequest, sentence: str, site: Site, note: int) -> None:
    """Say what was done, with the way to where it can be undone."""
    address = f"{reverse('trending_desk:board', args=[site.slug])}#note-{note}"
    messages.success(request, sentence, buttons=[messages.button(address, words()["undo"])])


@require_POST
@curators_only
def end(request: HttpRequest, slug: str) -> HttpResponse:
    """End a rule before its moment."""
    site = own_site(request, slug)
    try:
        note = rules.end_rule(site.id, _number(request, "story"), by=by(request))
    except RuleRefused as refusal:
        messages.error(request, said(refusal))
    else:
        _say_done(request, words()["was_ended"], site, note)
    return redirect("trending_desk:board", slug)


@require_POST
@curators_only
def undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Put back what stood before the newest decision about a story."""
    site = own_site(request, slug)
    try:
        rules.undo(_number(request, "note"), by=by(request))
    except RuleRefused as refusal:
        messages.error(request, said(refusal))
    else:
        messages.success(request, words()["was_undone"])
    return redirect("trending_desk:board", site.slug)


def _number(request: HttpRequest, name: str) -> int:
    found = NUMBER.fullmatch(request.POST.get(name, ""))
    return int(found[1]) if found else 0


@require_safe
@curators_only
def story(request: HttpRequest, slug: str, story_id: int) -> HttpResponse:
    """What was counted of one story of a masthead."""
    site = own_site(request, slug)
    shown = desk.story_board(site, min(story_id, 2**63 - 1), at=clock.now())
    if shown is None:
        raise Http404(f"Readers of {site.name} see no story {story_id}.")
    w = words()
    return draw(
        request, "story", shown.story.title, site=site, board=shown,
        sources=[(w[f"source_{one}"], count, bar) for one, count, bar in shown.sources],
        top=w["top"].format(most=shown.hour_bars.most),
        back=w["back"].format(site=site.name), elsewhere=_elsewhere(request, story_id),
    )  # fmt: skip


def _elsewhere(request: HttpRequest, story_id: int) -> list[str]:
    """What rooms above this one counted of a story: a hook of the desk asks them for safe HTML."""
    asked = (told(request, story_id) for told in hooks.get_hooks("story_figures"))
    return [html for html in asked if html]
