"""What readers are shown of a thread: a tree, tombstones, numbers; and nothing they may not see."""

import pytest

from dateline.discussion import models
from dateline.discussion.domain.merging import Place
from dateline.discussion.domain.ranks import Order
from dateline.discussion.domain.status import Door
from dateline.discussion.queries import people, threads
from dateline.discussion.queries.threads import in_context, member_page, thread_page
from dateline.discussion.queries.visibility import counts
from dateline.discussion.services import authors, decisions, following
from dateline.discussion.services.voting import vote
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.stories.services.kills import kill_story, reinstate_story
from tests.factories.discussion import MINUTE, NOON, a_comment, a_reader, house
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.stories.newspaper import site as site_of

pytestmark = pytest.mark.django_db

CANARY = "The canary sings at dawn."


def test_an_empty_thread_is_a_page_with_an_open_door(story, masthead, site):
    page = thread_page(site, story.pk, at=NOON)

    assert (page.count, page.rows, page.after, page.door.door) == (0, (), "", Door.OPEN)
    assert models.Thread.objects.count() == 0


def test_each_comment_is_followed_by_its_replies(story, masthead, site):
    first = a_comment(story, masthead, author=a_reader("Rin Abe"))
    second = a_comment(story, masthead, author=a_reader(""))
    reply = a_comment(story, masthead, answers_id=first.pk, quote=first.text)
    a_comment(story, masthead, answers_id=reply.pk)
    vote(second.pk, by=a_reader().pk, value=1, at=NOON)

    page = thread_page(site, story.pk, at=NOON)

    assert [(r.number, r.depth, r.answers) for r in page.rows] == [
        (2, 0, None), (1, 0, None), (3, 1, 1), (4, 2, 3),
    ]  # fmt: skip
    assert [r.author for r in page.rows][:2] == [people.UNNAMED, "Rin Abe"]
    assert (page.rows[0].score, page.rows[1].below, page.count) == ((1, 0), 2, 4)
    assert page.rows[2].quote == first.text
    assert page.rows[2].html == reply.html


@pytest.mark.parametrize(
    ("order", "numbers"),
    [
        (Order.BEST, [2, 1, 3]),
        (Order.NEWEST, [3, 2, 1]),
        (Order.OLDEST, [1, 2, 3]),
        (Order.DISCUSSED, [3, 1, 2]),
    ],
)
def test_four_orders(order, numbers, story, masthead, site):
    rows = [a_comment(story, masthead) for _ in range(3)]
    vote(rows[1].pk, by=a_reader().pk, value=1, at=NOON)
    a_comment(story, masthead, answers_id=rows[2].pk)

    page = thread_page(site, story.pk, at=NOON, order=order)

    assert [r.number for r in page.rows if not r.depth] == numbers


def test_what_others_answered_leaves_a_tombstone_and_else_nothing(story, masthead, site, mod):
    root, lonely = a_comment(story, masthead, CANARY), a_comment(story, masthead, CANARY[4:])
    held = a_comment(story, masthead, answers_id=root.pk, quote="canary")
    for row in (root, lonely):
        decisions.remove(row.pk, by=mod.pk, expected=1, rule=1)

    tomb, reply = thread_page(site, story.pk, at=NOON).rows

    assert (tomb.number, tomb.status, tomb.tombstone, tomb.below) == (1, "removed", True, 1)
    assert (tomb.author, tomb.author_id, tomb.html, tomb.score) == ("", None, "", None)
    assert (reply.tombstone, reply.quote, reply.answers) == (False, "", 1)
    decisions.hold(held.pk, by=mod.pk, expected=1)
    assert thread_page(site, story.pk, at=NOON).rows == ()


@pytest.mark.parametrize("hide", ["held", "removed", "deleted", "forgotten", "killed"])
def test_a_canary_is_seen_nowhere_once_it_may_not_be(hide, story, masthead, site, mod):
    author = a_reader("Canary Bird")
    row = a_comment(story, masthead, CANARY, author=author)
    decisions.feature(row.pk, by=mod.pk, expected=1, at=NOON)
    a_comment(story, masthead, answers_id=row.pk, quote="canary sings")
    plain = a_comment(story, masthead)
    a_comment(story, masthead, answers_id=row.pk, author=plain.author, at=NOON + MINUTE)
    assert everywhere(site, story, row, author).count("canary sings") >= 5
    before = counts(site, [story.pk], at=NOON)[story.pk]

    {
        "held": lambda: decisions.hold(row.pk, by=mod.pk, expected=2),
        "removed": lambda: decisions.remove(row.pk, by=mod.pk, expected=2, rule=1),
        "deleted": lambda: authors.delete_own(row.pk, by=author.pk),
        "forgotten": lambda: authors.forget_reader(author.pk, with_text=True),
        "killed": lambda: kill_story(story.pk, reason="Hoax.", by="Ana", at=NOON),
    }[hide]()

    seen = everywhere(site, story, row, author)
    assert "canary" not in seen
    assert "Canary Bird" not in seen
    left = 0 if hide == "killed" else before - 1
    assert counts(site, [story.pk], at=NOON) == {story.pk: left}


def everywhere(site, story, row, author):
    """Everything readers can ask about a thread, as text."""
    pages = [thread_page(site, story.pk, at=NOON, order=order) for order in Order]
    one = thread_page(site, story.pk, at=NOON, size=1)
    after = thread_page(site, story.pk, at=NOON, after=one.after) if one and one.after else None
    return repr(
        [
            *pages, one, after, in_context(site, row.pk, at=NOON),
            member_page(site, author.pk, at=NOON), threads.featured(site, story.pk, at=NOON),
        ]
    )  # fmt: skip


def test_a_killed_story_shows_nothing_until_it_is_back(story, masthead, site):
    row = a_comment(story, masthead)
    kill_story(story.pk, reason="Hoax.", by="Ana", at=NOON)

    assert thread_page(site, story.pk, at=NOON) is None
    assert in_context(site, row.pk, at=NOON) is None
    reinstate_story(story.pk, by="Ana", at=NOON)
    assert thread_page(site, story.pk, at=NOON) is None  # a draft again
    assert thread_page(site, a_draft("Not yet").pk, at=NOON) is None


def test_a_thread_belongs_to_one_title(masthead, site):
    other = a_masthead("kinako", sections=("world",))
    story = a_story(on=("musashi", "kinako"), at=NOON - MINUTE)
    here = a_comment(story, masthead)
    there = a_comment(story, other)
    there_site = site_of("kinako")

    assert [r.id for r in thread_page(site, story.pk, at=NOON).rows] == [here.pk]
    assert [r.id for r in thread_page(there_site, story.pk, at=NOON).rows] == [there.pk]
    assert in_context(site, there.pk, at=NOON) is None
    assert member_page(site, there.author_id, at=NOON) == []


def test_scores_wait_and_names_of_the_gone_are_kept_secret(story, masthead, site):
    house(masthead, score_after_minutes=30, down_votes=False)
    row = a_comment(story, masthead)
    vote(row.pk, by=a_reader().pk, value=1, at=NOON)
    authors.forget_reader(row.author_id, with_text=False)

    early = thread_page(site, story.pk, at=NOON + 29 * MINUTE)
    late = thread_page(site, story.pk, at=NOON + 30 * MINUTE)

    assert (early.rows[0].score, late.rows[0].score) == (None, (1, 0))
    assert (early.rows[0].author, early.rows[0].author_id) == (people.GONE, None)
    assert early.down_votes is False


def test_a_comment_in_context_stands_below_all_it_answers(story, masthead, site, mod):
    line = [a_comment(story, masthead)]
    for _ in range(4):
        line.append(a_comment(story, masthead, answers_id=line[-1].pk))
    a_comment(story, masthead)
    decisions.remove(line[1].pk, by=mod.pk, expected=1, rule=1)

    page = in_context(site, line[2].pk, at=NOON)

    assert [r.id for r in page.rows] == [row.pk for row in line]
    assert [r.tombstone for r in page.rows] == [False, True, False, False, False]
    assert in_context(site, 999, at=NOON) is None


def test_a_members_page_is_what_everybody_may_read(story, masthead, site, mod):
    author = a_reader()
    second = a_story("The market opened", at=NOON - MINUTE)
    rows = [
        a_comment(one, masthead, author=author, at=NOON + n * MINUTE)
        for n, one in enumerate((story, second, story, story))
    ]
    a_comment(story, masthead)
    decisions.hold(rows[3].pk, by=mod.pk, expected=1)

    newest = member_page(site, author.pk, at=NOON, size=2)
    older = member_page(site, author.pk, at=NOON, before=newest[-1].comment.id)

    assert [m.comment.id for m in newest + older] == [r.pk for r in rows[2::-1]]
    assert [(m.story_id, m.headline) for m in newest][1] == (second.pk, "The market opened")
    assert newest[0].path == f"/world/ferry-returns-to-harbour-{story.pk}"


def test_counts_are_of_what_readers_see(story, masthead, site):
    second, draft = a_story("The market opened", at=NOON), a_draft("Not yet")
    a_comment(story, masthead)
    a_comment(story, masthead, "https://a.example https://b.example https://c.example")

    found = counts(site, [story.pk, second.pk, draft.pk], at=NOON)

    assert found == {story.pk: 1, second.pk: 0, draft.pk: 0}


def test_the_page_knows_what_it_depends_on(story, masthead, site):
    house(masthead, close_after_days=2)
    row = a_comment(story, masthead)
    asked = (
        lambda: thread_page(site, story.pk, at=NOON),
        lambda: in_context(site, row.pk, at=NOON),
        lambda: member_page(site, row.author_id, at=NOON),
        lambda: threads.featured(site, story.pk, at=NOON),
        lambda: counts(site, [story.pk], at=NOON),
    )

    for ask in asked:
        with edge.collecting() as collector:
            ask()
        assert collector.soft == ({keys.thread(story.pk, masthead.pk)} if ask else set())
        assert {keys.story(story.pk), keys.card(story.pk)} & collector.hard
    with edge.collecting() as collector:
        asked[0]()
    published = story.placements.get().published_at
    assert collector.opens == published.timestamp() + 2 * 86_400


def test_a_page_costs_few_queries_however_many_comments(
    story, masthead, site, django_assert_max_num_queries
):
    for _ in range(6):
        root = a_comment(story, masthead)
        for _ in range(4):
            reply = a_comment(story, masthead, answers_id=root.pk)
        a_comment(story, masthead, answers_id=reply.pk)

    with django_assert_max_num_queries(8):
        page = thread_page(site, story.pk, at=NOON, size=3)
    with django_assert_max_num_queries(10):
        thread_page(site, story.pk, at=NOON, after=page.after, size=2)
    with django_assert_max_num_queries(9):
        in_context(site, root.pk, at=NOON)


def test_a_page_has_an_end(story, masthead, site, monkeypatch):
    monkeypatch.setattr(threads, "MOST_ROWS", 5)
    for _ in range(3):
        root = a_comment(story, masthead)
        a_comment(story, masthead, answers_id=root.pk)

    rows = thread_page(site, story.pk, at=NOON).rows

    assert [r.depth for r in rows] == [0, 0, 0]
    assert [r.more for r in rows] == [1, 1, 1]


def test_what_goes_while_a_page_is_read_is_left_out(story, masthead):
    thread = a_comment(story, masthead).thread
    gone = Place(999, b"")

    assert list(threads._walk(thread, [gone], {}, {}, Order.BEST, at=NOON)) == []


def test_whom_a_reader_mutes(story, masthead):
    reader, loud = a_reader(), a_reader()
    following.mute(reader.pk, muted_id=loud.pk)

    assert people.muted_by(reader.pk) == {loud.pk}
    assert people.muted_by(loud.pk) == frozenset()
    assert people.names_of([None]) == {}
