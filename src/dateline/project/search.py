"""The desk's search boxes take words: what is syntax to a database is left out of them."""

from typing import Any

from modelsearch.backends import database
from modelsearch.query import And, MatchAll, Not, Or, Phrase, PlainText


def plain_backend(params: dict[str, Any]) -> Any:
    """Make the search of whichever database is in use, with queries of words alone.

    `params` are those of WAGTAILSEARCH_BACKENDS. modelsearch 1 puts what was typed between double
    quotes for SQLite's FTS5 and leaves those in it as they are, which FTS5 refuses as a syntax
    error; and a sign between two words is a word that nothing has.
    """
    backend: Any = database.SearchBackend(params)
    for name in ("query_compiler_class", "autocomplete_query_compiler_class"):
        compiler = getattr(backend, name)
        setattr(backend, name, type(compiler.__name__, (WordsAlone, compiler), {}))
    return backend


class WordsAlone:
    """Stands before a compiler of modelsearch and gives it a query that has words only."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.query: Any = words_of(self.query) or Not(MatchAll())  # the one that finds nothing


def words_of(query: Any) -> Any:
    """`query` of modelsearch without double quotes and without signs that stand alone, or None.

    None where no word is left. Terms are parted by white space; a sign within one (`O'Neill`,
    `e-mail`, `d.o.b.`) stays, as every database takes it for a break between words.
    """
    if isinstance(query, (And, Or)):
        kept = [found for found in map(words_of, query.subqueries) if found]
        return type(query)(kept) if kept else None
    if not isinstance(query, (PlainText, Phrase)):
        return query
    terms = query.query_string.replace('"', " ").split()
    text = " ".join(term for term in terms if any(map(str.isalnum, term)))
    if not text:
        return None
    return Phrase(text) if isinstance(query, Phrase) else PlainText(text, operator=query.operator)
