"""Search: the page that works without JavaScript, and the feed of what it finds.

Anybody may ask for anything, so no answer is kept for others and each costs a bounded amount: the
length of a query, the hits that are counted, the pages, the time and the rate all have an end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.alerts.domain.search_words import search_words_for
from dateline.mastheads.domain.site import Site, walk
from dateline.search.domain.index import COUNTED, Order
from dateline.search.queries import EngineAway
from dateline.stories.domain.gate import Use
from dateline.stories.queries import searching
from dateline.stories.queries.searching import Asked, Results
from dateline.trending.domain.limits import Rates
from dateline.web import feeds, queries
from dateline.web.domain import words as page_words
from dateline.web.domain.lite import twin
from dateline.web.domain.meta import Meta
from dateline.web.domain.search_links import FILTERS, LAST_PAGE, Search
from dateline.web.domain.search_words import words_for
from dateline.web.rendering import draw, site_of
from dateline.web.surfaces import INSIDE

MOST_VALUES = 12  # of one facet
DEEPEST = LAST_PAGE * searching.PAGE
rates = Rates(60)  # a minute from one address, in each process


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: what it says, how many there are, where it leads."""

    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a search down."""

    title: str
    choices: tuple[Choice, ...]


@require_safe
def search(request: HttpRequest) -> HttpResponseBase:
    """What a reader is looking for on this masthead."""
    site, asked = site_of(request), Search.of(request.GET.dict())
    if asked.page is None:
        return _draw(request, site, asked, status=404, problem="bad_page")
    if not asked.typed.strip():
        return _draw(request, site, asked)
    if not _may_ask(request):
        return _draw(request, site, asked, status=429, problem="busy")
    try:
        results = _find(site, asked, Use.WEB)
    except EngineAway:
        return _draw(request, site, asked, status=503, problem="away")
    return _draw(request, site, asked, results=results)


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponseBase:
    """The newest stories that a search finds; the licence of each covers feeds."""
    site, asked = site_of(request), Search.of(request.GET.dict())
    words = words_for(site.language)
    if not _may_ask(request):
        return _plainly(words["busy"], status=429)
    try:
        results = _find(site, Search(asked.typed, filters=asked.filters), Use.FEED)
    except EngineAway:
        return _plainly(words["away"], status=503)
    told = feeds.Told(
        f"{site.name}: {results.typed}", "", asked.ordered(best=False), own=asked.feed(form)
    )
    cards = [one.card for one in results.items]
    return _for_one(feeds.answer(request, form, told, cards, at=clock.now()))


def _may_ask(request: HttpRequest) -> bool:
    """Whether this address has not asked too often; a kill that looks for itself always may."""
    if INSIDE in request.META:
        return True
    return rates.allow(request.META.get("REMOTE_ADDR", ""), clock.now().timestamp())


def _find(site: Site, asked: Search, use: Use) -> Results:
    order = Order.BEST if asked.best else Order.NEWEST
    wanted = Asked(asked.typed, order, asked.page or 1, asked.narrowed)
    return searching.find(site, wanted, at=clock.now(), use=use)


def _draw(
    request: HttpRequest, site: Site, asked: Search, *, results: Results | None = None,
    status: int = 200, problem: str = "",
) -> HttpResponseBase:  # fmt: skip
    words = words_for(site.language)
    typed = results.typed if results else " ".join(asked.typed.split())[:200]
    title = words["title"].format(site.name)
    meta = Meta(
        title=f"{typed} — {title}" if typed else title,
        headline=title,
        hidden=True,
        feed=asked.feed() if results and results.items else "",
        feed_title=f"{site.name}: {typed}",
        lite=twin(asked.url()) if typed else "",
    )
    response = draw(
        request, site, "search", at=clock.now(), network=queries.other_titles(site), meta=meta,
        status=status, words=words, asked=asked, full=asked.url(), typed=typed, results=results,
        problem=words[problem] if problem else "", problem_text=words.get(f"{problem}_text", ""),
        **(_around(site, asked, results, words) if results else {}),
    )  # fmt: skip
    return _for_one(response)


def _around(
    site: Site, asked: Search, results: Results, words: Mapping[str, str]
) -> dict[str, Any]:
    page = asked.page or 1
    return {
        "count": _count(results, words),
        "notes": [words[f"note_{note}"] for note in results.notes],
        "facets": _facets(site, asked, results, words),
        "chosen": chosen(site, asked),
        "all_off": asked.without(asked.filters),
        "newest_url": asked.ordered(best=False),
        "best_url": asked.ordered(best=True),
        "previous": asked.turned(page - 1) if page > 1 else "",
        "following": asked.turned(page + 1) if results.has_next and page < LAST_PAGE else "",
        "deep": words["deep"].format(DEEPEST) if page == LAST_PAGE and results.total else "",
        "meant_url": asked.asking(results.meant),
        "feed_url": asked.feed(),
        "mail_url": asked.by_mail(),
        "mail_link": search_words_for(site.language)["link"],
    }


def _count(results: Results, words: Mapping[str, str]) -> str:
    if results.more:
        return words["count_more"].format(f"{COUNTED:,}")
    named = {0: "count_none", 1: "count_one"}.get(results.total, "count_many")
    return words[named].format(f"{results.total:,}")


def _facets(
    site: Site, asked: Search, results: Results, words: Mapping[str, str]
) -> tuple[Facet, ...]:
    """What is left to choose; a facet of one value would change nothing."""
    found = []
    for name, (kind, _) in FILTERS.items():
        values = _values(site, kind, results.facets.get(kind, {}))
        if name in asked.filters or not values or (len(values) == 1 and kind != "c"):
            continue
        choices = tuple(
            Choice(_label(site, kind, value, words), count, asked.narrowed_to(name, value))
            for value, count in values[:MOST_VALUES]
        )
        found.append(Facet(words[f"facet_{kind}"], choices))
    return tuple(found)


def _values(site: Site, kind: str, counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The values of a facet with their counts: sections with what is below them, newest months."""
    if kind == "s":
        sums = (
            (node.slug, sum(counts.get(str(one), 0) for one in node.family_ids()))
            for node in walk(site.sections)
        )
        return [(slug, count) for slug, count in sums if count]
    if kind == "t":
        return sorted(counts.items(), reverse=True)
    return list(counts.items())


def _label(site: Site, kind: str, value: str, words: Mapping[str, str]) -> str:
    if kind == "s":
        section = site.section(value)
        return section.name if section else value
    if kind == "k":
        return words.get(f"kind_{value}", value.replace("_", " "))
    if kind == "l":
        return page_words.language_name(value)
    return words["corrected_only"] if kind == "c" else value


def chosen(site: Site, asked: Search) -> tuple[Choice, ...]:
    """By what a search is narrowed; each leads to the same without it."""
    words = words_for(site.language)
    return tuple(
        Choice(_label(site, FILTERS[name][0], value, words), 0, asked.without([name]))
        for name, value in asked.filters.items()
    )


def _plainly(text: str, *, status: int) -> HttpResponseBase:
    return _for_one(HttpResponse(f"{text}\n", status=status, content_type="text/plain"))


def _for_one(response: HttpResponseBase) -> HttpResponseBase:
    """No cache keeps it for others: there are more searches than any cache has room for."""
    response.headers["Cache-Control"] = "private, no-cache"
    return response
