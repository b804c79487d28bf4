"""The gate: one answer for every surface, in Python and in SQL."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.stories import models, rows
from dateline.stories.domain.gate import Closed, GateFacts, Use, decide, opens_at
from dateline.stories.queries import reading
from tests.factories.newsroom import a_masthead, a_story

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
OPEN = {"live": True, "placed": True}
ANYTHING_GOES = {
    "live": True,
    "advisory": False,
    "withheld_at": None,
    "embargo_until": None,
    "agency_embargo_until": None,
    "expire_at": None,
    "rights_until": None,
    "agency_rights_until": None,
    "agency_advisory_at": None,
    "licensed_mastheads": (),
    "licensed_uses": (),
}


@pytest.mark.parametrize(
    ("facts", "closed"),
    [
        ({}, None),
        ({"killed": True}, Closed.KILLED),
        ({"withheld": True}, Closed.WITHHELD),
        ({"advisory": True}, Closed.ADVISORY),
        ({"live": False}, Closed.NOT_PUBLISHED),
        ({"placed": False}, Closed.NOT_PLACED),
        ({"embargo_until": NOON + HOUR}, Closed.EMBARGOED),
        ({"embargo_until": NOON}, None),
        ({"expire_at": NOON}, Closed.EXPIRED),
        ({"expire_at": NOON + HOUR}, None),
        ({"rights_until": NOON}, Closed.RIGHTS_EXPIRED),
        ({"licensed_mastheads": ("kinako",)}, Closed.NOT_LICENSED_HERE),
        ({"licensed_mastheads": ("kinako", "musashi")}, None),
        ({"licensed_uses": ("feed",)}, Closed.NOT_LICENSED_FOR_USE),
        ({"licensed_uses": ("web",)}, None),
        ({"killed": True, "live": False, "embargo_until": NOON + HOUR}, Closed.KILLED),
    ],
    ids=str,
)
def test_closes_for_each_reason_and_names_the_gravest(facts, closed):
    verdict = decide(GateFacts(**{**OPEN, **facts}), masthead="musashi", use=Use.WEB, at=NOON)

    assert verdict.closed == closed
    assert verdict.open is (closed is None)


def test_says_when_the_answer_may_change():
    facts = GateFacts(
        **OPEN, embargo_until=NOON + HOUR, rights_until=NOON + 3 * HOUR, expire_at=NOON - HOUR
    )

    assert decide(facts, masthead="musashi", use=Use.WEB, at=NOON).until == NOON + HOUR
    assert decide(facts, masthead="musashi", use=Use.WEB, at=NOON + HOUR).until == NOON + 3 * HOUR
    assert decide(facts, masthead="musashi", use=Use.WEB, at=NOON + 4 * HOUR).until is None


@pytest.mark.parametrize(
    ("facts", "opens"),
    [
        ({}, NOON),
        ({"embargo_until": NOON - HOUR}, NOON),
        ({"embargo_until": NOON + HOUR}, NOON + HOUR),
        ({"embargo_until": NOON + HOUR, "withheld": True}, None),
        ({"embargo_until": NOON + HOUR, "rights_until": NOON + HOUR}, None),
        ({"licensed_mastheads": ("kinako",)}, None),
        ({"licensed_mastheads": ("kinako", "tatami")}, NOON),
        ({"licensed_uses": ("feed",)}, None),
        ({"advisory": True}, None),
        ({"live": False}, None),
    ],
    ids=str,
)
def test_says_when_readers_first_find_a_story_anywhere(facts, opens):
    on = ("musashi", "tatami")

    assert opens_at(GateFacts(**{**OPEN, **facts}), mastheads=on, at=NOON) == opens
    assert opens_at(GateFacts(**{**OPEN, **facts}), mastheads=(), at=NOON) is None


moments = st.sampled_from([None, NOON - HOUR, NOON, NOON + HOUR])
slugs = st.sets(st.sampled_from(["musashi", "musashi-ja", "kinako"])).map(tuple)
uses = st.sets(st.sampled_from([u.value for u in Use])).map(tuple)


@pytest.mark.django_db
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    row=st.fixed_dictionaries(
        {},
        optional={
            "live": st.booleans(),
            "advisory": st.booleans(),
            "withheld_at": moments,
            "embargo_until": moments,
            "agency_embargo_until": moments,
            "expire_at": moments,
            "rights_until": moments,
            "agency_rights_until": moments,
            "agency_advisory_at": moments,
            "licensed_mastheads": slugs,
            "licensed_uses": uses,
        },
    ),
    killed=st.sampled_from([False, False, True]),
    published_at=st.sampled_from([NOON - HOUR, NOON - HOUR, None]),
    use=st.sampled_from(list(Use)),
)
def test_lists_and_pages_never_disagree(placed_story, row, killed, published_at, use):
    if killed:
        row = {**row, "live": False, "killed_at": NOON - HOUR, "kill_reason": "Names a minor."}
    models.Story.objects.filter(pk=placed_story).update(
        **{"killed_at": None, "kill_reason": "", **ANYTHING_GOES, **row}
    )
    models.Placement.objects.filter(story_id=placed_story).update(published_at=published_at)
    placement = models.Placement.objects.select_related("story").get(story_id=placed_story)

    listed = models.Placement.objects.filter(
        rows.shown("musashi", use=use, at=NOON), story_id=placed_story
    ).exists()

    assert listed == reading.gate(placement, masthead="musashi", use=use, at=NOON).open


@pytest.fixture
def placed_story(db):
    a_masthead()
    return a_story(at=NOON - HOUR).pk
