"""The list of kinds of pages is whole: no address of readers is without a row or a reason."""

import pytest
from django.urls import URLPattern, get_resolver

from tests.web.matrix.kinds import NO_PAGE, NO_PAGE_OF_ACCOUNTS, OF_READERS

URLS = (
    "dateline.project.reader_urls", "dateline.project.network_urls", "dateline.web.preview_urls",
)  # fmt: skip


@pytest.fixture
def patterns():
    """The name of every pattern that readers, or previews of their pages, can reach."""
    found = {name for urls in URLS for name in names(get_resolver(urls).url_patterns)}
    doors = names(get_resolver("dateline.project.account_urls").url_patterns)
    return found | {f"account:{name}" for name in doors}


def test_every_address_of_readers_has_a_row_or_a_reason(patterns):
    rows = {name for kind in OF_READERS for name in kind.of}
    reasons = {name for names in NO_PAGE.values() for name in names}
    reasons |= {f"account:{name}" for names in NO_PAGE_OF_ACCOUNTS.values() for name in names}

    assert patterns - rows - reasons == set()
    assert (rows | reasons) - patterns == set()
    assert rows & reasons == set()


def test_every_kind_has_an_empty_page_or_a_reason_why_none_can_be():
    for kind in OF_READERS:
        assert bool(kind.address("empty")) != bool(kind.never_empty), kind.name
        assert bool(kind.address("full")) != bool(kind.never_full), kind.name


def test_no_two_kinds_have_one_name():
    assert len({kind.name for kind in OF_READERS}) == len(OF_READERS)


def names(patterns):
    """Names of patterns, included ones too; of those without one their text."""
    for one in patterns:
        if isinstance(one, URLPattern):
            yield one.name or str(one.pattern)
        else:
            yield from names(one.url_patterns)
