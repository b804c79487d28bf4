"""PostgreSQL looks a word up in its index, whatever it knows of the words and the table."""

import pytest
from psycopg import ClientCursor

from dateline.search.adapters.postgresql import INDEXES, NEWEST, TABLES, values_of
from tests.project.postgres import PROGRAMS, cluster
from tests.search import gold_set
from tests.search.engines import cursor_on

DOCUMENTS = 3_000
FILL = """
INSERT INTO search_document
SELECT n::bigint << 30, n, n, n, 0, 9999999999, 'm31', array_to_tsvector(
  ARRAY(SELECT md5((n * 200 + i)::text) FROM generate_series(1, 150) AS i) || %s::text[]
) FROM generate_series(1, %s) AS n
"""
TYPED = ["quay", "ferry", "ferry quay", '"ferry quay"', "quay -ferry"]


@pytest.fixture(scope="module")
def cursor():
    if not PROGRAMS:
        pytest.skip("PostgreSQL is not installed.")
    marks = [f"={one}" for group in gold_set.question("quay").marks for one in group]
    with cluster() as server, cursor_on(server) as made:
        made.execute(TABLES.format(new="", version=1) + INDEXES.format(new=""))
        made.execute(FILL, [["quay", *marks], DOCUMENTS])
        yield ClientCursor(made.connection)  # EXPLAIN EXECUTE takes no parameters


def planned(cursor, typed, mode):
    """What the planner does with a question, by a plan `mode` says how to make."""
    values = values_of(gold_set.question(typed))
    numbered = NEWEST % {name: f"${at}" for at, name in enumerate(values, 1)}
    cursor.execute(f"SET LOCAL plan_cache_mode = {mode}")
    cursor.execute(f"PREPARE asked AS {numbered}")
    cursor.execute(f"EXPLAIN EXECUTE asked ({', '.join(['%s'] * len(values))})", [*values.values()])
    said = "\n".join(line for (line,) in cursor.fetchall())
    cursor.execute("DEALLOCATE asked")
    return said


@pytest.mark.parametrize("mode", ["force_generic_plan", "force_custom_plan"])
@pytest.mark.parametrize("typed", TYPED)
def test_a_word_is_looked_up_however_frequent_it_is_and_however_the_plan_is_made(
    cursor, typed, mode
):
    assert "using search_document_pkey" not in planned(cursor, typed, mode)

    cursor.execute("ANALYZE search_document")

    assert "using search_document_pkey" not in planned(cursor, typed, mode)
