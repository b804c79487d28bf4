"""The contract of every engine of search: one set of tests, four engines."""

from copy import copy
from dataclasses import replace

import pytest

from dateline.search.adapters import opensearch, postgresql, sqlite, tantivy
from dateline.search.adapters.sqlite import SqliteEngine
from dateline.search.adapters.tantivy import TantivyEngine
from dateline.search.domain import index
from dateline.search.domain.index import EngineAway, Order, StoryDocuments, mark
from tests.search import engines, gold_set
from tests.search.gold_set import NOW, question

STORY = 900  # of the corpus none


@pytest.fixture(scope="module", params=engines.NAMES)
def engine(request, tmp_path_factory):
    with engines.made(request.param, tmp_path_factory.mktemp("index")) as made:
        yield made


@pytest.fixture
def filled(engine):
    engine.rebuild(gold_set.documents())
    return engine


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    made = SqliteEngine(tmp_path_factory.mktemp("reference"))
    made.rebuild(gold_set.documents())
    return made


def a_story(stamp, headline="Zeppelin over the bay", *, number=STORY, **changes):
    """One story of the corpus under another id, with other words."""
    (one,) = gold_set.documents()[0].documents
    title = index.joined([headline])
    made = replace(one, placement_id=number, story_id=STORY, title=title, **changes)
    return StoryDocuments(STORY, stamp, (made,))


def found(engine, typed, **changes):
    return [hit.placement_id for hit in engine.ask(question(typed, **changes)).hits]


def test_finds_the_same_as_every_other(filled, reference):
    for typed, _ in gold_set.queries():
        assert found(filled, typed) == found(reference, typed), typed


def test_another_process_finds_what_was_laid(filled):
    other = copy(filled)
    other.__dict__ |= {name: False for name in ("_laid",) if hasattr(filled, name)}

    assert found(other, "school") == found(filled, "school") != []


@pytest.mark.parametrize("kind", [SqliteEngine, TantivyEngine])
def test_who_comes_second_to_an_empty_folder_uses_what_the_first_laid(kind, tmp_path, monkeypatch):
    first, second = kind(tmp_path), kind(tmp_path)
    first.rebuild(gold_set.documents())
    laid, not_yet = second.generations.current, iter([None])
    monkeypatch.setattr(second.generations, "current", lambda: next(not_yet, laid()))

    assert found(second, "school") == found(first, "school") != []


def test_counts_by_what_the_hits_may_be_narrowed(filled):
    answer = filled.ask(question("school", size=1))

    assert (len(answer.hits), answer.total, answer.more) == (1, 3, False)
    assert answer.facets == {
        index.SECTION: {"news": 3},
        index.MONTH: {"2026-09": 3},
        index.AUTHOR: {"Ana Kimura": 2, "KNA": 1},
        index.KIND: {"article": 2, "wire": 1},
        index.LANGUAGE: {"en": 3},
    }


def test_a_mark_narrows_and_one_of_a_group_is_enough(filled):
    masthead = (mark(index.MASTHEAD, gold_set.MASTHEAD),)
    kna, ana = mark(index.AUTHOR, "KNA"), mark(index.AUTHOR, "Ana Kimura")

    assert len(found(filled, "school", marks=(masthead, (kna,)))) == 1
    assert len(found(filled, "school", marks=(masthead, (kna, ana)))) == 3
    assert found(filled, "school", marks=((mark(index.MASTHEAD, 8),),)) == []


def test_the_best_match_has_the_word_in_its_headline(filled):
    filled.replace([a_story(5, "Servers over the bay")])

    newest, best = found(filled, "servers"), found(filled, "servers", order=Order.BEST)

    assert sorted(newest) == sorted(best)
    assert best[0] == STORY != newest[0]


def test_pages_follow_each_other_and_end(filled):
    everything = found(filled, "-zeppelin")
    pages = [found(filled, "-zeppelin", start=at, size=25) for at in (0, 25, 50, 75)]

    assert [len(page) for page in pages] == [25, 25, 12, 0]
    assert [one for page in pages for one in page] == everything
    assert found(filled, "-zeppelin", start=index.DEEPEST, size=25) == []
    assert found(filled, "-zeppelin", start=30, size=5, order=Order.BEST) == everything[30:35]


def test_what_is_written_is_found_by_the_next_question(filled):
    assert filled.replace([a_story(10)]) == 1
    assert found(filled, "zeppelin") == [STORY]

    filled.replace([a_story(11, "A balloon over the bay")])
    assert found(filled, "zeppelin") == []
    assert found(filled, "balloon") == [STORY]


def test_what_was_read_earlier_never_overwrites_what_was_read_later(filled):
    filled.replace([a_story(20, "A balloon over the bay")])

    assert filled.replace([a_story(19)]) == 0
    assert found(filled, "zeppelin") == []
    assert filled.replace([a_story(20, "A balloon over the bay")]) == 1  # the same fact, again
    assert found(filled, "balloon") == [STORY]


def test_a_story_that_is_gone_stays_gone_for_old_facts(filled):
    filled.replace([a_story(30)])
    filled.replace([StoryDocuments(STORY, 31)])

    assert found(filled, "zeppelin") == []
    assert filled.replace([a_story(30)]) == 0
    assert found(filled, "zeppelin") == []


def test_a_placement_that_is_taken_away_is_found_no_more(filled):
    both = (*a_story(40).documents, *a_story(40, number=STORY + 1).documents)
    filled.replace([StoryDocuments(STORY, 40, both)])
    assert found(filled, "zeppelin") == [STORY + 1, STORY]

    filled.replace([a_story(41)])

    assert found(filled, "zeppelin") == [STORY]


def test_a_document_is_found_from_its_first_moment_until_its_last(filled):
    filled.replace([a_story(50, opens=NOW, closes=NOW + 10)])

    moments = [NOW - 1, NOW, NOW + 9, NOW + 10]
    assert [len(found(filled, "zeppelin", at=at)) for at in moments] == [0, 1, 1, 0]
    assert filled.ask(question("zeppelin", at=NOW - 1)).facets == {}


def test_a_rebuild_keeps_nothing_but_what_it_is_given(filled):
    filled.replace([a_story(60)])

    assert filled.rebuild(gold_set.documents()) == filled.count() == len(gold_set.corpus())
    assert found(filled, "zeppelin") == []


def test_the_old_index_answers_while_the_new_one_is_made(filled):
    answers = []

    def slowly():
        yield from gold_set.documents()[:5]
        answers.append(len(found(filled, "school")))
        yield from gold_set.documents()[5:]

    filled.rebuild(slowly())

    assert answers == [3]


def test_knows_which_words_it_has(filled):
    counts = filled.known(["train", "bulli", "nosuchword", "京都"])

    assert counts.keys() == {"train", "bulli", "京都"}
    assert counts["train"] == 3
    assert filled.known([]) == {}


def test_no_more_than_so_many_hits_are_counted(filled, monkeypatch):
    for module in (sqlite, tantivy, postgresql, opensearch):
        monkeypatch.setattr(module, "COUNTED", 2)

    answer = filled.ask(question("school", size=2))

    assert (len(answer.hits), answer.total, answer.more) == (2, 2, True)


def test_nothing_a_reader_types_is_syntax(filled):
    for typed in (
        "' OR '1'='1",
        "a:b & !c | (d",
        "NEAR(a b)",
        "*",
        "\\",
        'title:"',
        "雨*",
        "{}[]^~",
    ):
        filled.ask(question(typed))
        filled.ask(question(typed, order=Order.BEST))


@pytest.mark.parametrize("name", engines.NAMES)
def test_an_empty_index_answers_and_takes_its_first_story(name, tmp_path):
    with engines.made(name, tmp_path / "deep" / "down") as fresh:
        assert (fresh.ask(question("train")).hits, fresh.count()) == ((), 0)
        assert fresh.known(["train"]) == {}
        fresh.replace([a_story(1)])
        assert found(fresh, "zeppelin") == [STORY]


@pytest.mark.parametrize("name", ["sqlite", "tantivy"])
def test_an_index_that_was_taken_away_is_said_so(name, tmp_path):
    with engines.made(name, tmp_path) as broken:
        broken.rebuild([])
        (tmp_path / "current").write_text("index-99")

        with pytest.raises(EngineAway, match="index-99"):
            broken.count()


def test_what_could_not_be_written_whole_is_not_written_at_all(tmp_path):
    engine = SqliteEngine(tmp_path)
    same_place = StoryDocuments(STORY + 1, 1, a_story(1).documents)

    with pytest.raises(EngineAway, match="UNIQUE"):
        engine.replace([a_story(1), same_place])

    assert engine.count() == 0


@pytest.mark.parametrize("name", ["sqlite", "tantivy"])
def test_two_rebuilds_at_once_are_one_too_many(name, tmp_path):
    with (
        engines.made(name, tmp_path) as one,
        one.generations.alone("rebuild", wait_s=0),
        pytest.raises(EngineAway, match="another process is at it"),
    ):
        one.rebuild([])


@pytest.mark.parametrize("name", ["sqlite", "tantivy"])
def test_what_earlier_rebuilds_left_is_taken_away(name, tmp_path):
    with engines.made(name, tmp_path) as one:
        for _ in range(4):
            one.rebuild(gold_set.documents()[:3])

        assert len([*tmp_path.glob("index-?"), *tmp_path.glob("index-??")]) <= 2
        assert one.count() == 3
