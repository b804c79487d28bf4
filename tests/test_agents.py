"""Who says that they are a program is believed; so is who does not say that they are a browser."""

import pytest
from crawleruseragents import CRAWLER_USER_AGENTS_DATA

from dateline.agents import REMEMBER_AT_MOST, Agents, known_bots

BROWSERS = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/15.9.0",
]


@pytest.mark.parametrize("agent", BROWSERS)
def test_people_s_browsers_are_no_bots(agents, agent):
    assert not agents.is_bot(agent.encode())


def test_every_crawler_of_the_public_list_is_known(agents):
    examples = [name for one in CRAWLER_USER_AGENTS_DATA for name in one["instances"]]

    missed = [name for name in examples if not agents.is_bot(name.encode())]

    assert len(examples) > 2000
    assert missed == []


@pytest.mark.parametrize("agent", [b"", b"-", b"curl/8.5", b"wrk", b"Mozilla/5.0 " + b"x" * 2000])
def test_what_is_no_browser_is_a_bot(agents, agent):
    assert agents.is_bot(agent)


def test_a_list_without_patterns_still_tells_browsers_from_the_rest():
    agents = Agents([])

    assert [agents.is_bot(b"Mozilla/5.0 Googlebot/2.1"), agents.is_bot(b"lynx")] == [False, True]


def test_a_verdict_is_remembered_and_the_memory_does_not_grow(agents):
    for number in range(REMEMBER_AT_MOST + 10):
        agents.is_bot(b"x/%d" % number)

    assert len(agents.known) <= REMEMBER_AT_MOST
    assert agents.known[b"x/%d" % (REMEMBER_AT_MOST + 9)] is True


@pytest.fixture(scope="module")
def agents():
    return known_bots()
