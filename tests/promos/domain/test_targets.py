"""On which pages a campaign may stand, and what is said of wishes that cannot be."""

import pytest

from dateline.promos.domain.kinds import Slot
from dateline.promos.domain.targets import Place, Targets, Title, fits, problems_of

HERE = frozenset({"musashi"})
NETWORK = (
    Title(slug="musashi", language="en", sections=frozenset({"world", "life"})),
    Title(slug="kinako", language="ja", sections=frozenset({"food"})),
)


def some(*words):
    return frozenset(words)


def place(**fields):
    wanted = {"masthead": "musashi", "language": "en", "sections": some("world", "asia")}
    return Place(**{**wanted, **fields})


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ({}, True),
        ({"sections": some("world")}, True),
        ({"sections": some("life")}, False),
        ({"not_sections": some("asia")}, False),
        ({"topics": some("travel", "rail")}, True),
        ({"topics": some("war")}, False),
        ({"not_topics": some("travel")}, False),
        ({"languages": some("en", "fr")}, True),
        ({"languages": some("ja")}, False),
    ],
)
def test_a_campaign_stands_where_every_wish_is_met(wishes, expected):
    assert fits(Targets(mastheads=HERE, **wishes), place(topics=some("travel"))) is expected


def test_a_campaign_stands_on_its_own_mastheads_only():
    assert not fits(Targets(mastheads=HERE), place(masthead="kinako"))


def test_no_campaign_stands_beside_a_sensitive_story():
    assert not fits(Targets(mastheads=HERE), place(sensitive=True))


@pytest.mark.parametrize(
    ("targets", "slots", "problem"),
    [
        (Targets(mastheads=some()), [Slot.BODY], "no masthead"),
        (Targets(mastheads=some("nowhere", "musashi")), [Slot.BODY], "no masthead 'nowhere'"),
        (
            Targets(mastheads=HERE, sections=some("life"), not_sections=some("life")),
            [Slot.BODY],
            "wants the section 'life' and refuses it",
        ),
        (
            Targets(mastheads=HERE, topics=some("rail"), not_topics=some("rail")),
            [Slot.BODY],
            "wants the topic 'rail' and refuses it",
        ),
        (Targets(mastheads=HERE, sections=some("food")), [Slot.BODY], "a section 'food'"),
        (Targets(mastheads=HERE, not_sections=some("food")), [Slot.BODY], "a section 'food'"),
        (Targets(mastheads=HERE, languages=some("ja")), [Slot.BODY], "is in ja"),
        (Targets(mastheads=HERE), [], "stand nowhere"),
        (Targets(mastheads=HERE, topics=some("rail")), [Slot.RAIL], "only stories have"),
        (Targets(mastheads=HERE, sections=some("world")), [Slot.NEWSLETTER], "none of its slots"),
        (Targets(mastheads=HERE, sections=some("life")), [Slot.FRONT], "a page of a section"),
    ],
)
def test_contradictions_are_told_one_by_one(targets, slots, problem):
    (found,) = problems_of(targets, slots=slots, network=NETWORK)

    assert problem in found


def test_wishes_that_can_be_met_are_sound():
    wishes = Targets(
        mastheads=some("musashi", "kinako"), sections=some("food"), languages=some("ja"),
        topics=some("tea"),
    )  # fmt: skip

    assert problems_of(wishes, slots=[Slot.BODY], network=NETWORK) == []
