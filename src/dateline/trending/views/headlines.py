"""The desk's screens for headline tests: all of them, and those of one story."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from dateline import clock, doors
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.trending.domain.headline_words import done, words_for
from dateline.trending.domain.headlines import HeadlineRefused
from dateline.trending.forms import HeadlinesForm
from dateline.trending.queries import headlines, people
from dateline.trending.services import headlines as verbs
from dateline.trending.views.desk_access import UNFIT, by

editors_only = doors.let_in(people.edits_headlines)
LONGEST_SEARCH = 100
MOST_CHANCE = 50  # percent: beyond that it is no news


def may_edit(request: HttpRequest) -> bool:
    """Whether who asks may give readers another headline."""
    return request.user.has_perms(people.HEADLINES)


def words() -> Mapping[str, str]:
    """The words of the language in which this person uses the desk."""
    return words_for(get_language() or "en")


@require_safe
@editors_only
def index(request: HttpRequest) -> HttpResponse:
    """Tests that go on, a search for a story to begin another with, and those that have ended."""
    sites, text = mastheads.all_mastheads(), request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    where = next((site for site in sites if site.slug == request.GET.get("where")), None)
    return _draw(
        request, "headlines", words()["headlines"], sites=sites, q=text, where=where,
        running=_said(headlines.tests(sites, goes_on=True)),
        ended=_said(headlines.tests(sites, goes_on=False)),
        found=headlines.find(where, text, at=clock.now()) if where else None,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def story(request: HttpRequest, slug: str, story_id: int) -> HttpResponse:
    """The tests of one story on a masthead with live figures, and the form for another."""
    site, number = _site(slug), min(story_id, 2**63 - 1)
    own = headlines.own_headlines(site.id, number, at=clock.now())
    trials = headlines.of_story(site, number)
    if own is None and not trials:
        raise Http404(f"Readers of {site.name} see no story {story_id}.")
    form = HeadlinesForm(request.POST if request.method == "POST" else None, words=words())
    if request.method == "POST" and form.is_valid() and _start(request, site, number, form):
        return redirect("trending_desk:headlines_of", slug, number)
    running = bool(trials and trials[0].row.ended_at is None)
    title = own[0] if own else trials[0].row.texts[0]
    return _draw(
        request, "headlines_of", f"{words()['headlines']}: {title}",
        status=UNFIT if form.errors else 200, site=site,
        trials=_said(trials), number=number, own=own, form=None if running or not own else form,
        about=words()["about"].format(site=site.name), choosable=_choosable(trials, own),
    )  # fmt: skip


@require_POST
@editors_only
def choose(request: HttpRequest, slug: str, test_id: int) -> HttpResponse:
    """Show one headline of a test from now on."""
    given = request.POST.get("headline", "")
    headline = int(given) if given.isascii() and given.isdigit() else -1
    try:
        story_id, text = verbs.choose(min(test_id, 2**63 - 1), headline, by=by(request))
    except HeadlineRefused as refusal:
        messages.error(request, _problem(refusal))
        return redirect("trending_desk:headlines")
    messages.success(request, words()["was_chosen"].format(text=text))
    return redirect("trending_desk:headlines_of", slug, story_id)


def _start(request: HttpRequest, site: Site, story_id: int, form: HeadlinesForm) -> bool:
    hours, others = form.cleaned_data["hours"], form.others()
    try:
        verbs.start(site.id, story_id, others, hours=hours, by=by(request))
    except HeadlineRefused as refusal:
        form.add_error(None, _problem(refusal))
        return False
    messages.success(request, words()["was_begun"])
    return True


def _choosable(trials: list[headlines.Trial], own: tuple[str, str] | None) -> int:
    """The test of which a headline may be chosen: the newest, while the story is as it was."""
    first = trials[0].row if trials else None
    return first.pk if first and own == (first.texts[0], first.headline) else 0


def _said(trials: list[headlines.Trial]) -> list[dict[str, Any]]:
    """Tests with the words for how they stand, and for what was done."""
    return [
        {
            "trial": one, "row": one.row, "state": _state(one),
            "notes": [(note, done(note.how, one.row.texts[note.chosen], words()))
                      for note in one.row.notes.all()],
        }
        for one in trials
    ]  # fmt: skip


def _state(trial: headlines.Trial) -> str:
    w, row = words(), trial.row
    if row.ended_at:
        return done(row.how, row.texts[row.chosen], w)
    if trial.lopsided:
        return w["odd"]
    if not trial.seen:
        return w["nothing_yet"]
    if trial.leads is None:
        return w["even"]
    key = "ahead" if trial.chance < MOST_CHANCE else "by_chance"
    return w[key].format(text=row.texts[trial.leads], chance=max(trial.chance, 1))


def _problem(refusal: HeadlineRefused) -> str:
    return words()[refusal.key].format(**refusal.told)


def _site(slug: str) -> Site:
    for site in mastheads.all_mastheads():
        if site.slug == slug:
            return site
    raise Http404(f"There is no masthead {slug}.")


def _draw(
    request: HttpRequest, screen: str, title: str, /, *, status: int = 200, **context: Any
) -> HttpResponse:
    w = words()
    return doors.draw(
        request, f"trending/desk/{screen}.html", title,
        below=(reverse("trending_desk:headlines"), w["headlines"]), status=status, **context, w=w,
    )  # fmt: skip
