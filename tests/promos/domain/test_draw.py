"""Which offer a page view gets: the same for the same view, fair over many."""

from collections import Counter

import pytest

from dateline.promos.domain.draw import Drawn, Entry, draw, unit
from dateline.promos.domain.kinds import Tier

VIEWS = range(20_000)


def entry(campaign, tier=Tier.SHARE, **fields):
    return Entry(**{"campaign": campaign, "tier": tier, "creatives": (campaign * 10,), **fields})


def drawn(entries, **fields):
    return Counter(draw(entries, seed=seed, slot="body", **fields).campaign for seed in VIEWS)


def test_numbers_are_even_and_depend_on_every_word():
    numbers = [unit(seed, 12, "body") for seed in VIEWS]

    assert sum(numbers) / len(numbers) == pytest.approx(0.5, abs=0.01)
    assert sum(n < 0.1 for n in numbers) / len(numbers) == pytest.approx(0.1, abs=0.01)
    assert (
        len({unit(7, 12, "body"), unit(7, 12, "rail"), unit(8, 12, "body"), unit(7, 1, "2")}) == 4
    )


def test_a_page_without_campaigns_shows_nothing():
    assert draw([], seed=1, slot="body") == Drawn(0, 0, ())


def test_a_view_gets_the_same_offer_however_often_it_is_drawn():
    entries = [entry(1), entry(2), entry(3, Tier.GUARANTEED, share=0.5)]

    assert draw(entries, seed=99, slot="body") == draw(entries, seed=99, slot="body")


def test_a_takeover_has_every_view_and_leaves_no_chance():
    entries = [entry(1, Tier.TAKEOVER), entry(2, Tier.GUARANTEED), entry(3)]

    assert draw(entries, seed=4, slot="body") == Drawn(1, 10, ())
    assert drawn(entries) == {1: len(VIEWS)}


def test_a_guaranteed_campaign_takes_its_share_and_leaves_the_rest():
    found = drawn([entry(1, Tier.GUARANTEED, share=0.25), entry(2), entry(3, Tier.HOUSE)])

    assert found[1] / len(VIEWS) == pytest.approx(0.25, abs=0.01)
    assert found[2] == len(VIEWS) - found[1]


def test_a_share_of_nothing_is_never_drawn_and_still_has_its_chance():
    got = draw([entry(1, Tier.GUARANTEED, share=0.0)], seed=3, slot="body")

    assert got == Drawn(0, 0, ((1, 10),))


def test_two_that_are_drawn_at_once_divide_it_by_their_shares():
    entries = [entry(1, Tier.GUARANTEED, share=1.0), entry(2, Tier.GUARANTEED, share=0.5)]

    found = drawn(entries)

    # The second is drawn in half of the views, and is luckier in half of those.
    assert found[2] / len(VIEWS) == pytest.approx(0.25, abs=0.01)
    assert found[1] + found[2] == len(VIEWS)


def test_what_is_left_is_divided_by_weight_and_our_own_come_last():
    found = drawn([entry(1, weight=3), entry(2, weight=1), entry(3, Tier.HOUSE)])

    assert found[1] / len(VIEWS) == pytest.approx(0.75, abs=0.01)
    assert found[3] == 0
    assert drawn([entry(3, Tier.HOUSE), entry(4, Tier.HOUSE)]).keys() == {3, 4}


def test_a_campaign_that_had_its_fill_is_passed_over():
    entries = [entry(1, Tier.GUARANTEED), entry(2, Tier.HOUSE)]

    assert draw(entries, seed=5, slot="body", capped={1}) == Drawn(2, 20, ())


def test_a_campaigns_creatives_take_turns():
    got = Counter(
        draw([entry(1, creatives=(10, 11, 12))], seed=seed, slot="body").creative for seed in VIEWS
    )

    assert sorted(got) == [10, 11, 12]
    assert min(got.values()) / len(VIEWS) == pytest.approx(1 / 3, abs=0.02)
