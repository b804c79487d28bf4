"""What somebody hears who sees no page: names of all they can use, on every kind of page."""

import pytest

from tests.journeys import spoken
from tests.journeys.page_kinds import pages_of

pytestmark = pytest.mark.journey

# A title in each language whole; of the others what is theirs alone, and their look.
HOSTS = {"musashi": 50, "musashi-ja": 40, "kinako": 8, "slowrails": 8, "tatami": 8}


@pytest.mark.parametrize("host", HOSTS)
def test_everything_has_a_name_headings_follow_each_other_and_languages_are_told(
    network, visit, host
):
    reader, found = visit(), []
    paths = pages_of(network, host, whole=HOSTS[host] >= 40)
    for path in paths:
        reader.page.goto(network.url(host, path), wait_until="domcontentloaded")
        found += spoken.complaints(reader.page)
    reader.expects("404 (Not Found)", "410 (Gone)")

    assert len(paths) >= HOSTS[host]
    assert list(dict.fromkeys(found)) == []


BAD = """<!doctype html><html lang="en"><title>Bad</title><body>
<header>Top</header><nav aria-label="One"><a href="/a">more</a> <a href="/b"></a></nav>
<nav aria-label="One"><a href="/c">https://example.test/c</a></nav>
<p><a href="/d" rel="ugc nofollow">https://reader.example</a></p>
<h1>First</h1><h3>Skipped</h3><h1>Second</h1><h2></h2><button></button>
<img src="data:," alt="船は遅れている"><p>船は遅れている</p><p lang="ja">船</p>
<p lang="ja">This is one sentence of English words, seven or more.</p>
"""


def test_what_is_wrong_is_heard(visit):
    page = visit().page
    page.set_content(BAD)

    found = [one.partition(": ")[2] for one in spoken.complaints(page)]

    assert found == [
        "a link called 'more'",
        "a link without a name",
        "a link called 'https://example.test/c'",
        "a button without a name",
        "headings of the first level: ['First', 'Second']",
        "heading 'Skipped' of level 3 after one of level 1",
        "a heading of level 2 without words",
        "two landmarks navigation 'One'",
        "not one main landmark",
        "in a language it does not say, en: 船は遅れている",
        "in a language it does not say, ja: This is one sentence of English words, seven or more.",
        "in a language it does not say, en: 船は遅れている",
    ]
