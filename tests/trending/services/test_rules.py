"""Editors pin, boost and ban: who may, for how long, what is kept, and what readers see."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from benchmarks.trending.world import seeded
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.outbox import models as outbox_models
from dateline.stories.services import kills
from dateline.trending.domain.rank import ListKind, RuleKind
from dateline.trending.domain.steering import NotYours, RuleRefused
from dateline.trending.models import EditorsRule, RuleNote
from dateline.trending.queries import lists, people
from dateline.trending.services import ranking
from dateline.trending.services.curators import appoint, dismiss
from dateline.trending.services.rules import end_rule, set_rule, undo
from tests.factories.discussion import a_reader
from tests.factories.newsroom import a_story
from tests.factories.trending import DAY, LATER, a_curator, a_wish, told
from tests.factories.web import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(titles):
    return titles["musashi"]


@pytest.fixture
def kei(host):
    return a_curator(host)


@pytest.fixture
def story(titles):
    return a_story("Old and good", on=("kinako",), at=NOON - 400 * DAY)


def turn(at=NOON):
    ranking.fold_and_rank(at=at, chance=seeded(1))


def block_of(masthead):
    return [item.story for item in lists.ranked(masthead.pk, ListKind.BLOCK)]


def busy(titles, count=30):
    """More stories on the sister sites than a block has places."""
    return [
        a_story(f"Story {n}", on=(("kinako", "rails")[n % 2],), at=NOON - LATER * (n + 1))
        for n in range(count)
    ]


def test_a_pin_stands_where_it_was_put_however_old_the_story_is(titles, host, kei, story):
    busy(titles, 56)
    turn()
    assert story.pk not in block_of(host)

    set_rule(host.pk, a_wish(story, slot=3), by=kei.pk, at=NOON)
    turn(NOON + timedelta(seconds=10))

    assert block_of(host)[2] == story.pk
    assert story.pk not in block_of(titles["rails"])
    (item,) = [i for i in lists.ranked(host.pk, ListKind.BLOCK) if i.story == story.pk]
    assert item.reason == "pinned"


def test_a_boost_lifts_as_much_as_it_was_told(titles, host, kei):
    stories = busy(titles, 10)
    for one, count in zip(stories[::2], (30, 24, 5, 5, 5), strict=True):
        told(one.pk, titles["kinako"].pk, count, first=100 * one.pk)
    turn()
    first, second, third = (one.pk for one in stories[:6:2])
    assert block_of(host)[:2] == [first, second]

    set_rule(host.pk, a_wish(stories[4], RuleKind.BOOST, factor=5.0), by=kei.pk, at=NOON)
    turn(NOON + timedelta(seconds=10))

    assert block_of(host)[0] == third
    assert EditorsRule.objects.get().factor == 5.0


def test_a_ban_takes_a_story_out_of_one_block_only(titles, host, kei):
    story = a_story("An advertiser's", on=("kinako",), at=NOON - LATER)
    turn()
    assert block_of(host) == block_of(titles["rails"]) == [story.pk]

    set_rule(host.pk, a_wish(story, RuleKind.BAN), by=kei.pk, at=NOON)
    turn(NOON + timedelta(seconds=10))

    assert block_of(host) == []
    assert block_of(titles["rails"]) == [story.pk]


def test_pages_of_the_host_are_drawn_again_at_the_next_ranking_and_no_others(
    titles, host, kei, monkeypatch
):
    purged = []
    monkeypatch.setattr(edge, "purge_softly", lambda tags, **_: purged.extend(tags))
    stories = busy(titles, 4)
    turn()
    purged.clear()

    set_rule(host.pk, a_wish(stories[3], slot=1), by=kei.pk, at=NOON)
    turn(NOON + timedelta(seconds=10))
    assert purged == [keys.trending(host.pk)]
    purged.clear()

    turn(NOON + timedelta(seconds=20))
    assert purged == []

    set_rule(host.pk, a_wish(stories[3], slot=2), by=kei.pk, at=NOON)
    turn(NOON + timedelta(seconds=30))
    assert purged == [keys.trending(host.pk)]
    purged.clear()

    turn(NOON + DAY)  # the pin ends by itself
    assert keys.trending(host.pk) in purged


def test_a_pin_of_a_story_that_is_killed_shows_it_to_nobody(titles, host, kei, story):
    set_rule(host.pk, a_wish(story), by=kei.pk, at=NOON)
    turn()
    assert block_of(host) == [story.pk]

    kills.kill_story(story.pk, reason="Wrong.", by="ana")
    assert (
        lists.placements([i.placement for i in lists.ranked(host.pk, ListKind.BLOCK)], at=NOON)
        == {}
    )
    turn(NOON + LATER)
    assert block_of(host) == []


def test_editors_of_one_site_do_not_act_for_another(titles, host, kei, story):
    other = titles["rails"]
    with pytest.raises(NotYours):
        set_rule(other.pk, a_wish(story), by=kei.pk, at=NOON)
    boss = a_curator(None, "Aya Ito")
    note = set_rule(other.pk, a_wish(story), by=boss.pk, at=NOON)
    with pytest.raises(NotYours):
        end_rule(other.pk, story.pk, by=kei.pk, at=NOON)
    with pytest.raises(NotYours):
        undo(note, by=kei.pk, at=NOON)

    assert EditorsRule.objects.get().masthead_id == other.pk


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"reason": "  "}, "no_reason"),
        ({"reason": "x" * 201}, "long_reason"),
        ({"until": NOON}, "over"),
        ({"until": NOON + timedelta(days=14, seconds=1)}, "too_long"),
        ({"slot": 0}, "no_slot"),
        ({"slot": 13}, "no_slot"),
        ({"kind": RuleKind.BOOST, "factor": 1.0}, "no_factor"),
        ({"kind": RuleKind.BOOST, "factor": 5.1}, "no_factor"),
    ],
)
def test_what_has_no_reason_no_near_end_or_no_place_is_refused(host, kei, story, fields, key):
    with pytest.raises(RuleRefused) as refused:
        set_rule(host.pk, a_wish(story, **{"kind": RuleKind.PIN, **fields}), by=kei.pk, at=NOON)

    assert refused.value.key == key
    assert not RuleNote.objects.exists()


def test_a_fortnight_is_the_longest(host, kei, story):
    set_rule(host.pk, a_wish(story, until=NOON + 14 * DAY), by=kei.pk, at=NOON)

    assert EditorsRule.objects.get().until == NOON + 14 * DAY


@pytest.mark.parametrize(
    ("where", "fields", "key"),
    [
        (("musashi", "kinako"), {}, "own_story"),
        (("kinako",), {"sensitive": True}, "sensitive"),
        (("kinako",), {"licensed_mastheads": ("kinako",)}, "closed"),
        (("fukurou",), {}, "closed"),
    ],
)
def test_only_what_may_stand_there_is_pinned_or_boosted(host, kei, where, fields, key):
    story = a_story("Not here", on=where, at=NOON - DAY, **fields)
    for kind in (RuleKind.PIN, RuleKind.BOOST):
        with pytest.raises(RuleRefused) as refused:
            set_rule(host.pk, a_wish(story, kind), by=kei.pk, at=NOON)
        assert refused.value.key == key

    set_rule(host.pk, a_wish(story, RuleKind.BAN), by=kei.pk, at=NOON)  # does no harm


def test_a_killed_story_is_not_pinned_and_one_that_never_was_is_not_banned(host, kei, story):
    kills.kill_story(story.pk, reason="Wrong.", by="ana")
    with pytest.raises(RuleRefused) as refused:
        set_rule(host.pk, a_wish(story), by=kei.pk, at=NOON)
    assert str(refused.value) == f"closed: story {story.pk}, site Musashi"

    story.pk = 10**9
    with pytest.raises(RuleRefused, match="no_story"):
        set_rule(host.pk, a_wish(story, RuleKind.BAN), by=kei.pk, at=NOON)


def test_two_pins_do_not_stand_in_one_place_and_four_are_enough(titles, host, kei):
    stories = busy(titles, 6)
    set_rule(host.pk, a_wish(stories[0], slot=1), by=kei.pk, at=NOON)
    with pytest.raises(RuleRefused, match="taken: slot 1"):
        set_rule(host.pk, a_wish(stories[1], slot=1), by=kei.pk, at=NOON)
    set_rule(host.pk, a_wish(stories[0], slot=1, reason="Still."), by=kei.pk, at=NOON)
    for n in (1, 2, 3):
        set_rule(host.pk, a_wish(stories[n], slot=n + 1), by=kei.pk, at=NOON)
    with pytest.raises(RuleRefused, match="many_pins: most 4"):
        set_rule(host.pk, a_wish(stories[4], slot=5), by=kei.pk, at=NOON)

    later = NOON + 2 * DAY  # the four are over
    set_rule(host.pk, a_wish(stories[4], slot=1, until=later + DAY), by=kei.pk, at=later)


def test_what_was_done_is_kept_with_who_and_why(host, kei, story):
    set_rule(host.pk, a_wish(story, slot=2), by=kei.pk, at=NOON)
    end_rule(host.pk, story.pk, by=kei.pk, reason=" Enough. ", at=NOON + LATER)

    kept = [(n.verb, n.by_id, n.reason, n.at) for n in RuleNote.objects.order_by("pk")]
    assert kept == [
        ("set", kei.pk, "Readers ask for it.", NOON),
        ("ended", kei.pk, "Enough.", NOON + LATER),
    ]
    assert not EditorsRule.objects.exists()
    facts = [row.name for row in outbox_models.FactRecord.objects.order_by("pk")]
    assert [name for name in facts if name.startswith("trending")] == [
        "trending_rule.set", "trending_rule.ended",
    ]  # fmt: skip
    assert str(RuleNote.objects.first()) == f"set for story {story.pk} at {NOON:%Y-%m-%d %H:%M}"


def test_what_does_not_stand_is_not_ended(host, kei, story):
    with pytest.raises(RuleRefused, match="none_stands"):
        end_rule(host.pk, story.pk, by=kei.pk, at=NOON)
    set_rule(host.pk, a_wish(story), by=kei.pk, at=NOON)
    with pytest.raises(RuleRefused, match="none_stands"):
        end_rule(host.pk, story.pk, by=kei.pk, at=NOON + DAY)
    with pytest.raises(RuleRefused, match="long_reason"):
        end_rule(host.pk, story.pk, by=kei.pk, reason="x" * 201, at=NOON)


def test_a_new_rule_is_undone_and_the_undoing_too(host, kei, story):
    note = set_rule(host.pk, a_wish(story), by=kei.pk, at=NOON)
    undone = undo(note, by=kei.pk, at=NOON)
    assert not EditorsRule.objects.exists()

    undo(undone, by=kei.pk, at=NOON)
    assert EditorsRule.objects.get().kind == "pin"
    assert [n.verb for n in RuleNote.objects.order_by("pk")] == ["set", "undone", "undone"]


def test_an_ended_or_changed_rule_comes_back_as_it_was(host, kei, story):
    set_rule(host.pk, a_wish(story, RuleKind.BOOST, factor=3.0), by=kei.pk, at=NOON)
    changed = set_rule(host.pk, a_wish(story, RuleKind.BAN), by=kei.pk, at=NOON)
    undo(changed, by=kei.pk, at=NOON)
    rule = EditorsRule.objects.get()
    assert (rule.kind, rule.factor, rule.until) == ("boost", 3.0, NOON + DAY)

    ended = end_rule(host.pk, story.pk, by=kei.pk, at=NOON)
    undo(ended, by=kei.pk, at=NOON)
    rule = EditorsRule.objects.get()
    assert (rule.kind, rule.factor, rule.reason) == ("boost", 3.0, "Readers ask for it.")


def test_what_ended_meanwhile_does_not_come_back(host, kei, story):
    set_rule(host.pk, a_wish(story, until=NOON + LATER), by=kei.pk, at=NOON)
    ended = end_rule(host.pk, story.pk, by=kei.pk, at=NOON)
    undo(ended, by=kei.pk, at=NOON + 2 * LATER)

    assert not EditorsRule.objects.exists()


def test_only_the_newest_decision_is_undone(host, kei, story):
    first = set_rule(host.pk, a_wish(story), by=kei.pk, at=NOON)
    set_rule(host.pk, a_wish(story, RuleKind.BAN), by=kei.pk, at=NOON)
    for number in (first, 10**9):
        with pytest.raises(RuleRefused, match="too_late"):
            undo(number, by=kei.pk, at=NOON)


def test_a_curator_of_the_network_appoints_and_dismisses(titles, host):
    boss, person = a_curator(None, "Aya Ito"), a_reader("Ken Abe")
    appoint(person.pk, masthead_id=host.pk, by=boss.pk)
    appoint(person.pk, masthead_id=host.pk, by=boss.pk)
    assert [site.slug for site in people.sites_of(person.pk)] == ["musashi"]
    assert [str(row) for row in people.CURATORS.rows().order_by("pk")] == [
        f"{boss.pk} for the network", f"{person.pk} for {host.pk}",
    ]  # fmt: skip
    with pytest.raises(NotYours):
        appoint(person.pk, masthead_id=None, by=person.pk)

    dismiss(person.pk, masthead_id=host.pk, by=boss.pk)
    assert not people.steers_any(person.pk)


def test_an_administrator_steers_every_block_until_they_leave(titles, host):
    admin = get_user_model().objects.create_superuser("root@dateline.example", "correct horse")
    assert people.steers(admin.pk, None)
    assert len(people.sites_of(admin.pk)) == 4

    get_user_model().objects.filter(pk=admin.pk).update(is_active=False)
    assert not people.steers(admin.pk, host.pk)
