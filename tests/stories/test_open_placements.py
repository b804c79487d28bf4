"""The gate as a filter over all mastheads says what it says for each one by itself."""

from datetime import UTC, datetime

import pytest

from dateline.stories import rows
from dateline.stories.domain.gate import Use
from dateline.stories.queries import reading
from tests.factories.newsroom import a_draft, a_masthead, a_story

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def test_each_placement_is_judged_on_its_own_masthead():
    for slug in ("musashi", "kinako"):
        a_masthead(slug)
    both = ("musashi", "kinako")
    free = a_story("Free", on=both, at=TEN)
    licensed = a_story("Licensed", on=both, at=TEN, licensed_mastheads=("kinako",))
    a_story("For feeds", on=both, at=TEN, licensed_uses=("feed",))
    a_draft("Draft", on=both)

    found = reading.open_placements(use=Use.WEB, at=TEN)

    assert set(found.values_list("story_id", "masthead__slug")) == {
        (free.pk, "musashi"), (free.pk, "kinako"), (licensed.pk, "kinako"),
    }  # fmt: skip
    for slug in both:
        alone = rows.shown(slug, use=Use.WEB, at=TEN)
        assert set(found.filter(masthead__slug=slug)) == set(
            found.model.objects.filter(alone, masthead__slug=slug)
        )
