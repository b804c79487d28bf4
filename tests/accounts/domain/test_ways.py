"""Where somebody may be sent after signing in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from dateline.accounts.domain.ways import fingerprint, safe_path


@pytest.mark.parametrize("path", ["/", "/world/a-1", "/world/?page=2#top", "/%2f", "/日本"])
def test_a_path_of_the_same_host_is_kept(path):
    assert safe_path(path) == path


@given(st.text(max_size=40))
def test_whatever_it_is_it_stays_on_the_host(text):
    page = html.document_fromstring("<a>x</a>", base_url="http://here.test/")
    path = safe_path(f"/{text}")
    page.cssselect("a")[0].set("href", path)
    page.make_links_absolute()

    assert page.cssselect("a")[0].get("href").startswith("http://here.test/")
    assert not path.startswith(("//", "/\\"))


def test_a_fingerprint_is_sha_256():
    assert fingerprint("abc").startswith("ba7816bf8f01cfea")
