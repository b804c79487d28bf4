"""The draft of a week: a paragraph a job, with links, for an editor to make better."""

from collections.abc import Sequence
from html import escape

from dateline.jobs.domain.terms import ListingTerms
from dateline.jobs.domain.weeks import Week
from dateline.jobs.domain.words import is_japanese, place_text, salary_text, words_for

SUMMARY = 280  # characters of a job's first paragraph


def intro(week: Week, count: int, *, language: str) -> str:
    """What the draft begins with, as plain text."""
    words = words_for(language)["week_intro"]
    return words.format(week=week.week, year=week.year, count=count)


def body(jobs: Sequence[tuple[str, ListingTerms]], *, board: str, language: str) -> list[str]:
    """HTML of the draft's blocks: one a job, then where the others are.

    `jobs` are addresses and terms, the first first; `board` is the address of all of them.
    """
    blocks = [_paragraphs(url, terms, language=language) for url, terms in jobs]
    more = words_for(language)["week_end"]
    end = "。" if is_japanese(language) else "."
    return [*blocks, f'<p><a href="{escape(board)}">{more}</a>{end}</p>']


def _paragraphs(url: str, terms: ListingTerms, *, language: str) -> str:
    words = words_for(language)
    facts = [
        terms.employer,
        place_text(terms, language=language),
        words[f"employment_{terms.employment}"],
        salary_text(terms, language=language),
        f"{words['language']}: {words[f'level_{terms.language_level}']}",
    ]
    line = " · ".join(escape(fact) for fact in facts if fact)
    return (
        f'<h3><a href="{escape(url)}">{escape(terms.title)}</a></h3>'
        f"<p><b>{line}</b></p><p>{escape(_summary(terms.text))}</p>"
    )


def _summary(text: str) -> str:
    """The first paragraph, cut at a word where it is long."""
    first = " ".join(text.split("\n\n", 1)[0].split())
    if len(first) <= SUMMARY:
        return first
    return f"{first[:SUMMARY].rsplit(' ', 1)[0]}…"
