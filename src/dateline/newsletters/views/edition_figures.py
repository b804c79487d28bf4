"""The desk's screens for what became of letters: of one, of a list's, and of a story's."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.newsletters.domain.figure_words import figure_words_for
from dateline.newsletters.domain.importing import guarded
from dateline.newsletters.queries import desk, figures, people
from dateline.newsletters.queries.figures import Figures, Summary
from dateline.newsletters.views.desk_access import by, csv_file, editors_only, edits_any
from dateline.newsletters.views.edition_access import draw, language, own_edition, own_list

# What is told of a letter, in order; of the second kind only where it is not 0.
ALWAYS = ("sent", "delivered", "refused", "bounced", "complaints", "left", "people", "clicks")
AS_NEEDED = ("withheld", "stopped", "waiting", "unknown")
COLUMNS = ("sent", "refused", "withheld", "unknown", "left", "people", "clicks", "machines")


@require_safe
@editors_only
def edition(request: HttpRequest, edition_id: int) -> HttpResponse:
    """A letter in figures, beside the one before."""
    row, f = own_edition(request, edition_id), figure_words_for(language())
    found = figures.of_edition(row)
    return draw(
        request, "letter_figures", row.subject, row=row, tab="figures", f=f, found=found,
        lines=_lines(found) if found else [], zone=row.newsletter.time_zone,
        say=_sentences(found) if found else {},
        reasons=[(f[f"refusal_{one}"], count) for one, count in found.refusals.items()]
        if found else [],
        links=[(one, one.told or f[f"kind_{one.kind}"]) for one in found.links] if found else [],
    )  # fmt: skip


def _sentences(found: Figures) -> dict[str, str]:
    """What is said with a number in it."""
    f = figure_words_for(language())
    return {
        "before": f["before"].format(found.before.edition.number) if found.before else "",
        "hidden": f["hidden"].format(found.hidden),
        "top": f["top"].format(most=found.hour_bars.most),
    }


def _lines(found: Figures) -> list[tuple[str, int | None, int | None]]:
    """Name, this letter's and the one's before; None: the route does not tell."""
    f = figure_words_for(language())
    both = [_told(one) for one in (found.now, found.before) if one]
    named = [*ALWAYS, "machines", *(n for n in AS_NEEDED if any(one[n] for one in both))]
    return [(f[n], both[0][n], both[1][n] if len(both) > 1 else None) for n in named]


def _told(one: Summary) -> dict[str, int | None]:
    mail = {n: getattr(one.mail, n) for n in (*ALWAYS[:5], *AS_NEEDED)}
    return {
        **mail, "left": one.left, "people": one.people, "clicks": one.clicks,
        "machines": one.machines,
    }  # fmt: skip


@require_safe
@editors_only
def edition_csv(request: HttpRequest, edition_id: int) -> HttpResponseBase:
    """The links of a letter as a table."""
    row = own_edition(request, edition_id)
    return csv_file(_link_rows(figures.links_of(row)), f"{row.newsletter.slug}-{row.number}.csv")


def _link_rows(links: list[figures.Followed]) -> Iterator[list[str]]:
    yield ["kind", "headline", "address", "people", "clicks", "machines"]
    for one in links:
        cells = (one.kind, one.told, one.url, one.people, one.clicks, one.machines)
        yield [guarded(cell) for cell in cells]


@require_safe
@editors_only
def of_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The letters of a list side by side, and who came and left."""
    newsletter, f = own_list(request, slug), figure_words_for(language())
    growth = desk.growth(newsletter, at=clock.now())
    return draw(
        request, "letter_list_figures", f["figures_of"].format(newsletter.name), f=f,
        newsletter=newsletter, summaries=figures.of_list(newsletter),
        growth=growth, on_it=desk.on_it(newsletter),
        came=f["came"].format(growth.come_bars.most), gone=f["gone"].format(growth.gone_bars.most),
    )  # fmt: skip


@require_safe
@editors_only
def list_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same as a table."""
    newsletter = own_list(request, slug)
    return csv_file(_letter_rows(figures.of_list(newsletter)), f"{newsletter.slug}-figures.csv")


def _letter_rows(summaries: list[Summary]) -> Iterator[list[str]]:
    yield ["number", "subject", "public_at", *COLUMNS]
    for one in summaries:
        row, told = one.edition, _told(one)
        at = row.public_at.isoformat(timespec="seconds") if row.public_at else ""
        yield [guarded(c) for c in (row.number, row.subject, at, *(told[n] for n in COLUMNS))]


def in_letters(request: HttpRequest, story_id: int) -> str:
    """In which of their letters a story went, for its screen; nothing for who makes no letters."""
    if not edits_any(request):
        return ""
    found = figures.of_story(story_id, people.own_lists(by(request)))
    context: dict[str, Any] = {"f": figure_words_for(language()), "found": found}
    return render_to_string("newsletters/desk/_story_letters.html", context)
