"""The block below a story: of the sister sites only, through the gate each time it is drawn."""

from datetime import timedelta

import pytest

from dateline.mastheads import queries as mastheads
from dateline.stories.models import Placement
from dateline.stories.services import kills, publishing
from dateline.trending.domain.rank import ListKind
from dateline.trending.models import RankedList
from dateline.trending.queries.block import Item, block
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import NOON

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def network():
    for slug in ("musashi", "kinako", "rails"):
        a_masthead(slug, sections=("world", "food"))
    a_masthead("fukurou", language="ja", sections=("world",))


def ranked(*stories, host="musashi", on="kinako", **facts):
    """Store a list as the worker does."""
    items = [
        {
            "placement": Placement.objects.get(story=story, masthead__slug=on).pk,
            "story": story.pk, "site": 0, "section": 0, "reason": "read", "z": 3.24, "readers": 41,
            "sources": 3, "of_a_later_version": 1, **facts,
        }
        for story in stories
    ]  # fmt: skip
    host_id = mastheads.by_slug(host).id
    row, _ = RankedList.objects.update_or_create(
        masthead_id=host_id, kind=ListKind.BLOCK, defaults={"items": items, "made_at": NOON}
    )
    return row


def shown(host="musashi", **more):
    site = mastheads.by_slug(host)
    others = [one for one in mastheads.all_mastheads() if one.slug != host]
    return block(site, others, at=NOON, **more)


def titles(host="musashi", **more):
    return [item.title for item in shown(host, **more).items]


def there(headline, *, on=("kinako",), **fields):
    return a_story(headline, on=on, at=NOON - HOUR, **fields)


def test_shows_what_was_ranked_in_its_order_with_where_it_is_from_and_why(network):
    first, second = there("First", section="food"), there("Second")
    ranked(second, first)

    found = shown().items

    assert [item.title for item in found] == ["Second", "First"]
    item = found[1]
    assert item.url.startswith("http://kinako.localhost")
    assert (item.kicker, item.site_name, item.story_id) == ("Food", "Kinako", first.pk)
    assert "41 readers a day from 3 kinds of places; 3.2 spreads" in item.why


def test_never_shows_a_story_of_its_own_site(network):
    ours = there("Ours", on=("musashi",))
    row = ranked(there("Theirs"))
    own = Placement.objects.get(story=ours).pk
    row.items = [{**row.items[0], "placement": own, "story": ours.pk}, *row.items]
    row.save()

    assert titles() == ["Theirs"]


def test_leaves_out_what_is_on_the_page_and_a_picture_that_is(network):
    harbour, market = a_picture("harbour"), a_picture("market", size=(900, 600))
    stories = [
        there("On the page"),
        there("Same picture", lead_picture=harbour),
        there("Another picture", lead_picture=market),
        there("That one again", lead_picture=market),
    ]
    ranked(*stories)

    found = shown(without={stories[0].pk}, shown=[harbour, None])

    assert [item.title for item in found.items] == [s.headline for s in stories[1:]]
    assert [bool(item.picture) for item in found.items] == [False, True, False]
    assert found.items[1].picture.src.endswith("3x2-320.webp")
    assert found.without == str(stories[0].pk)


@pytest.mark.parametrize("verb", ["kill", "withdraw", "embargo", "narrow", "sensitive"])
def test_what_may_not_be_promoted_is_gone_before_anybody_ranks_again(network, verb):
    story, other = there("Gone"), there("Stays")
    ranked(story, other)
    assert titles() == ["Gone", "Stays"]

    do = {
        "kill": lambda: kills.kill_story(story.pk, reason="Wrong.", by="ana"),
        "withdraw": lambda: publishing.withdraw_story(story.pk, reason="Doubts.", by="ana"),
        "embargo": lambda: publishing.embargo_story(
            story.pk, until=NOON + timedelta(days=9999), by="ana"
        ),
        "narrow": lambda: publishing.update_story(
            story.pk, changes={"licensed_mastheads": ("kinako",)}, by="ana"
        ),
        "sensitive": lambda: publishing.update_story(
            story.pk, changes={"sensitive": True}, by="ana"
        ),
    }[verb]
    do()

    assert titles() == ["Stays"]


def test_a_network_where_nothing_is_ranked_shows_the_newest_of_each_title_in_turn(network):
    for n in range(3):
        a_story(f"Kinako {n}", on=("kinako",), at=NOON - HOUR * (n + 1))
        a_story(f"Rails {n}", on=("rails",), at=NOON - HOUR * (n + 1))
    there("Ours", on=("musashi",))
    there("Sad", sensitive=True)
    there("日本語", on=("fukurou",), language="ja")

    assert titles() == ["Kinako 0", "Rails 0", "Kinako 1", "Rails 1", "Kinako 2", "Rails 2"]
    assert set(titles("fukurou")) >= {"Kinako 0", "Rails 0", "Ours"}  # English, for want of others
    assert {item.why for item in shown().items} == {"Among the newest of its site."}


def test_titles_in_its_own_language_come_first_and_others_say_theirs(network):
    a_masthead("mejiro", language="ja", sections=("world",))
    there("日本語", on=("mejiro",), language="ja")
    there("News", on=("kinako",))

    assert titles("fukurou") == ["日本語", "News"]
    assert [item.language for item in shown("fukurou").items] == ["ja", "en"]


def test_holds_twelve_and_the_script_s_list_more(network):
    stories = [there(f"Story {n}") for n in range(15)]
    ranked(*stories)

    assert len(titles()) == 12
    assert len(titles(most=18)) == 15


def test_offers_have_places_of_their_own_and_never_lack_a_label(network):
    ranked(*(there(f"Story {n}") for n in range(4)))
    offer = Item(
        url="/p/c/1", kicker="Travel", title="22 % off", site_name="Nomad eSIM", label="Offer"
    )

    assert titles(offers=[offer]) == ["Story 0", "Story 1", "Story 2", "22 % off", "Story 3"]
    with pytest.raises(ValueError, match="needs a label"):
        shown(offers=[Item(url="/", kicker="", title="Hidden", site_name="")])


def test_costs_two_queries_however_much_is_ranked(network, django_assert_num_queries):
    ranked(*(there(f"Story {n}", lead_picture=a_picture(str(n))) for n in range(15)))
    site = mastheads.by_slug("musashi")
    others = [one for one in mastheads.all_mastheads() if one.slug != "musashi"]

    with django_assert_num_queries(2):
        assert len(block(site, others, at=NOON).items) == 12


def test_says_that_a_story_was_corrected(network):
    story = there("Wrong at first")
    publishing.correct_story(story.pk, kind="correction", text="It was noon.", by="ana")
    ranked(story)

    (item,) = shown().items
    assert item.corrected is True
