"""A draft is made by its recipe, and changed by hand; each change is noted and can be undone."""

from datetime import timedelta

import pytest

from dateline.newsletters import models
from dateline.newsletters.domain.editions import BlockKind, EditionRefused, content_of
from dateline.newsletters.queries import material
from dateline.newsletters.services import editions, sending
from dateline.newsletters.services.letter_editors import NotTheirs
from dateline.newsletters.services.recipes import BlockTerms
from dateline.stories import models as story_models
from dateline.stories.services.kills import kill_story
from tests.factories.editions import SIX, a_letter_editor, a_recipe, an_edition
from tests.factories.jobs import a_listing
from tests.factories.newsletters import a_list
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.stories.newspaper import facts


def headlines(row):
    row.refresh_from_db()
    return [[i.headline for i in block.items] for block in content_of(row.content).blocks]


def test_a_draft_has_the_newest_of_each_section_numbered_with_subject_and_preheader(
    letter, stories
):
    a_story("Vote tonight", section="politics", at=SIX)

    row = an_edition(letter)

    assert headlines(row) == [
        [], ["Ferry number 5", "Ferry number 4", "Ferry number 3"], [], ["Vote tonight"]
    ]  # fmt: skip
    assert (row.number, row.subject) == (1, "Ferry number 5")
    assert row.preheader == "Ferry number 4 · Ferry number 3"
    assert [fact["number"] for fact in facts("edition.made")] == [1]


def test_the_next_draft_carries_nothing_that_this_list_carried(letter, stories, masthead):
    an_edition(letter)
    evening = a_list(masthead, slug="evening")
    a_recipe(evening)

    second, other = an_edition(letter), an_edition(evening)

    assert headlines(second)[1] == ["Ferry number 2", "Ferry number 1"]
    assert second.number == 2
    assert len(headlines(other)[0]) == 5  # what another list carried is free for this one


def test_what_a_dropped_letter_held_is_free_again(letter, stories, nao):
    row = an_edition(letter)
    sending.drop(row.pk, by=nao.pk, at=SIX)

    assert headlines(an_edition(letter))[1][0] == "Ferry number 5"


@pytest.mark.parametrize(
    "fields",
    [
        {"licensed_uses": ["web"]},
        {"licensed_uses": ["newsletter"]},
        {"embargo_until": SIX + timedelta(hours=1)},
        {"rights_until": SIX - timedelta(minutes=1)},
        {"language": "ja"},
        {"advisory": True},
    ],
    ids="-".join,
)
def test_only_what_the_gate_lets_into_letters_of_that_language_is_carried(letter, fields):
    a_story("Kept back", at=SIX - timedelta(hours=1), **fields)

    assert headlines(an_edition(letter)) == [[], []]


def test_a_killed_story_and_a_draft_are_not_carried(letter):
    killed = a_story("Killed", at=SIX - timedelta(hours=1))
    a_draft("Not out yet")
    kill_story(killed.pk, reason="False.", by="ana")

    assert headlines(an_edition(letter)) == [[], []]


def test_without_a_hand_empty_blocks_are_left_out_and_with_one_they_stay(letter, stories, nao):
    assert [b.key for b in content_of(an_edition(letter).content).blocks] == ["b1", "b2", "b3"]
    by_hand = content_of(an_edition(letter, by=nao).content)
    assert [b.key for b in by_hand.blocks] == ["b1", "b2", "b3", "b4"]


def test_topics_pins_jobs_and_another_titles_stories_fill_blocks(morning, stories, masthead, nao):
    a_masthead("kinako", sections=("food",))
    a_story("Roasted flour", on=("kinako",), section="food", at=SIX)
    topic = story_models.Topic.objects.create(name="Ferries", slug="ferries")
    stories[1].topics.add(topic)
    stories[1].save()
    story_models.Placement.objects.filter(story=stories[0]).update(pinned_rank=1)
    a_listing(masthead, at=SIX - timedelta(hours=1))
    kinako = material.mastheads.by_slug("kinako").id
    a_recipe(
        morning,
        BlockTerms(kind=BlockKind.PICKS),
        BlockTerms(kind=BlockKind.TOPIC, about="ferries"),
        BlockTerms(kind=BlockKind.JOBS),
        BlockTerms(kind=BlockKind.SECTION, masthead=kinako),
        BlockTerms(kind=BlockKind.TRENDING),
        BlockTerms(kind=BlockKind.SECTION, about="world", count=1),
        by=nao,
    )
    row = an_edition(morning, by=nao)

    assert headlines(row) == [
        ["Ferry number 1"], ["Ferry number 2"], ["Night editor"], ["Roasted flour"], [],
        ["Ferry number 5"],
    ]  # fmt: skip
    job = content_of(row.content).item(f"job:{content_of(row.content).blocks[2].items[0].key[4:]}")
    assert (job.kicker, job.story_id) == ("Minasato Press", 0)
    assert "Minasato" in job.standfirst
    assert content_of(row.content).blocks[3].items[0].site == "kinako"


def test_old_stories_are_left_out_where_the_recipe_says_how_old(morning, stories, nao):
    a_recipe(morning, BlockTerms(kind=BlockKind.SECTION), by=nao, fresh_hours=2)
    assert headlines(an_edition(morning)) == [["Ferry number 5", "Ferry number 4"]]


def test_a_picture_is_kept_with_its_alt_text_and_credit(letter, masthead):
    picture = a_picture(description="A ferry", credit="Sora Ito")
    a_story("With a picture", at=SIX - timedelta(hours=1), lead_picture=picture)

    (item,) = content_of(an_edition(letter).content).items

    assert (item.picture_id, item.alt, item.credit) == (picture.pk, "A ferry", "Sora Ito")
    assert item.picture.endswith("3x2-640.jpg") or item.picture.endswith(".jpg")


def test_the_subject_may_say_date_number_and_list(morning, stories, nao):
    a_recipe(morning, by=nao, subject="{list} {number}: {headline}, {date}", preheader="{{x}}")
    row = an_edition(morning)
    assert row.subject == "Musashi Morning 1: Ferry number 5, Friday, 20 November 2026"
    assert row.preheader == "{{x}}"


def test_a_list_of_the_network_has_the_look_of_the_first_title_in_its_language(stories, nao):
    a_masthead("fukurou", language="ja", sections=("world",))
    boss = a_letter_editor(None, "Aya Ito")
    everywhere = a_list(None, slug="network", language="ja")
    a_recipe(everywhere, by=boss)

    assert material.home_of(everywhere).slug == "fukurou"
    with pytest.raises(NotTheirs):
        editions.make_draft(everywhere.pk, by=nao.pk, at=SIX)
    with pytest.raises(LookupError, match="No masthead"):
        material.home_of(a_list(None, slug="french", language="fr"))


def test_a_list_without_a_recipe_makes_nothing(morning):
    with pytest.raises(EditionRefused, match="has no recipe"):
        an_edition(morning)


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (BlockTerms(kind=BlockKind.SECTION, about="sport"), "There is no section 'sport'"),
        (BlockTerms(kind=BlockKind.TOPIC, about="sport"), "There is no topic 'sport'"),
        (BlockTerms(kind=BlockKind.TEXT, only_for="everyone"), "names no readers"),
        (BlockTerms(kind=BlockKind.JOBS, count=99), "A block holds"),
    ],
)
def test_a_recipe_that_could_make_nothing_is_refused(morning, nao, block, why):
    with pytest.raises(EditionRefused, match=why):
        a_recipe(morning, block, by=nao)
    assert not models.Recipe.objects.exists()


def test_hands_add_move_rewrite_and_take_out_and_each_is_undone(edition, nao):
    who = {"by": nao.pk, "at": SIX}
    begun = headlines(edition)
    vote = a_story("Vote tonight", section="politics", at=SIX - timedelta(hours=1))
    first = content_of(edition.content).items[0].key

    editions.add_story(edition.pk, "b2", vote.pk, **who)
    editions.move(edition.pk, f"story:{vote.pk}", -1, **who)
    editions.rewrite(edition.pk, first, headline="The ferry", standfirst="", **who)
    editions.take_out(edition.pk, f"story:{vote.pk}", **who)
    editions.move_block(edition.pk, "b2", -1, **who)
    editions.reword(edition.pk, "b1", title="Hello", text="Good day.", **who)
    editions.remove_block(edition.pk, "b3", **who)
    editions.say(edition.pk, subject=" All  ferries ", preheader="", **who)

    edition.refresh_from_db()
    assert edition.subject == "All ferries"
    assert headlines(edition) == [["The ferry", "Ferry number 4", "Ferry number 3"], []]
    assert not models.Carried.objects.filter(story=vote).exists()
    undone = [editions.undo(edition.pk, **who) for _ in range(8)]
    assert undone == [
        "say", "remove_block", "reword", "move_block", "take_out", "rewrite", "move", "add"
    ]  # fmt: skip
    assert headlines(edition) == begun
    with pytest.raises(EditionRefused, match="nothing to undo"):
        editions.undo(edition.pk, **who)
    assert len(facts("edition.changed")) == 16


def test_undo_brings_no_killed_story_back(edition, stories, nao):
    who = {"by": nao.pk, "at": SIX}
    editions.take_out(edition.pk, f"story:{stories[4].pk}", **who)
    kill_story(stories[4].pk, reason="False.", by="ana")

    editions.undo(edition.pk, **who)

    assert "Ferry number 5" not in str(headlines(edition))


def test_what_may_not_be_done_is_refused(edition, stories, masthead, nao):
    who = {"by": nao.pk, "at": SIX}
    with pytest.raises(EditionRefused, match="stands in the edition"):
        editions.add_story(edition.pk, "b2", stories[4].pk, **who)
    with pytest.raises(EditionRefused, match="No letter may carry"):
        editions.add_story(edition.pk, "b2", 999_999, **who)
    with pytest.raises(EditionRefused, match="needs a subject"):
        editions.say(edition.pk, subject=" ", preheader="", **who)
    with pytest.raises(EditionRefused, match="longer than"):
        editions.reword(edition.pk, "b1", title="", text="x" * 3000, **who)
    other = a_letter_editor(a_masthead("kinako"))
    with pytest.raises(NotTheirs):
        editions.take_out(edition.pk, "story:1", by=other.pk, at=SIX)
    sending.drop(edition.pk, **who)
    with pytest.raises(EditionRefused, match="is stopped"):
        editions.undo(edition.pk, **who)
