"""The demo's readers: every list is a mix as soon as the worker has run once."""

import pytest

from dateline.demo.services import reading
from dateline.mastheads.queries import by_slug
from dateline.trending.domain.rank import ListKind, Reason
from dateline.trending.queries import lists
from dateline.trending.services import ranking
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import HOUR, NOON

pytestmark = pytest.mark.django_db


def test_they_read_some_stories_much_and_most_a_little(tmp_path, settings):
    settings.DATELINE_DATA_DIR = tmp_path
    ranking.forget_process()
    for slug in ("musashi", "kinako"):
        a_masthead(slug)
        for n in range(9):
            section = ("world", "politics")[n % 2]
            a_story(f"{slug} {n}", on=(slug,), at=NOON - HOUR, section=section)

    count = reading.read(at=NOON)

    assert ranking.fold_and_rank(at=NOON) == count > 9 * 2 * reading.LEAST
    for host, sister in (("musashi", "kinako"), ("kinako", "musashi")):
        block = lists.ranked(by_slug(host).id, ListKind.BLOCK)
        assert block[0].reason == Reason.READ
        assert {item.site for item in block} == {by_slug(sister).id}
    ranking.forget_process()
