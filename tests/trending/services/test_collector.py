"""What counts, what does not, and why; and that what counted is in the journal."""

from pathlib import Path

import pytest

from dateline.agents import Agents
from dateline.trending.adapters.journal import Journal
from dateline.trending.domain.limits import Rates
from dateline.trending.domain.views import Kind, Source
from dateline.trending.services import collector as module
from dateline.trending.services.collector import FULL_AT, Collector, open_collector, tell_sites

NOON = 1_795_953_600.0
FIREFOX = b"Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
BOT = b"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
FIELDS = {b"host": b"post.example", b"user-agent": FIREFOX, b"origin": b"https://post.example"}
SHOWN = b"1.4711.1.2.0.30"
BLOCKED = Path("/dev/null/no-folder")


def test_a_beacon_is_counted_for_the_site_that_it_came_to(collector):
    assert take(collector) == ""
    (event,) = journal_of(collector)

    assert event[:4] == (NOON, 7, 4711, Kind.SHOWN)
    assert event.source is Source.SEARCH
    assert (event.seconds, event.depth) == (0, 30)
    assert collector.taken == 1
    assert set(collector.dropped.values()) == {0}


@pytest.mark.parametrize(
    ("reason", "text", "fields"),
    [
        ("private", SHOWN, {b"sec-gpc": b"1"}),
        ("private", SHOWN, {b"dnt": b"1"}),
        ("forged", SHOWN, {b"origin": b"https://evil.example"}),
        ("forged", SHOWN, {b"origin": b"https://post.example.evil.example"}),
        ("forged", SHOWN, {b"origin": b"null"}),
        ("forged", SHOWN, {b"sec-fetch-site": b"cross-site"}),
        ("forged", SHOWN, {b"sec-fetch-site": b"same-site"}),
        ("host", SHOWN, {b"host": b"other.example", b"origin": b"https://other.example"}),
        ("malformed", b"1.4711.1.2.0.30.1830000000", {}),
        ("malformed", b"", {}),
        ("malformed", b"1." + b"9" * 5000 + b".1.1.0.0", {}),
        ("bot", SHOWN, {b"user-agent": BOT}),
        ("bot", SHOWN, {b"user-agent": b"curl/8.5"}),
        ("bot", SHOWN, {b"user-agent": b""}),
        ("prefetch", SHOWN, {b"sec-purpose": b"prefetch;prerender"}),
        ("prefetch", SHOWN, {b"x-moz": b"prefetch"}),
    ],
)
def test_what_does_not_count_is_dropped_with_its_reason(collector, reason, text, fields):
    assert take(collector, text, fields=FIELDS | fields) == reason

    assert journal_of(collector) == []
    assert collector.dropped[reason] == 1
    assert (collector.taken, sum(collector.dropped.values())) == (0, 1)


@pytest.mark.parametrize(
    "fields",
    [
        {b"sec-gpc": b"0"},
        {b"sec-fetch-site": b"same-origin"},
        {b"origin": b"http://post.example"},
        {b"host": b"post.example:8000", b"origin": b"http://post.example:8000"},
    ],
)
def test_these_count(collector, fields):
    assert take(collector, fields=FIELDS | fields) == ""


def test_a_browser_that_tells_no_origin_is_believed(collector):
    fields = {b"host": b"post.example", b"user-agent": FIREFOX}

    assert take(collector, fields=fields) == ""


def test_a_beacon_without_a_browser_s_name_does_not_count(collector):
    assert take(collector, fields={b"host": b"post.example"}) == "bot"


def test_a_replay_counts_once(collector):
    assert [take(collector), take(collector), take(collector, b"1.4711.2.2.10.30")] == [
        "", "replayed", "",
    ]  # fmt: skip
    assert take(collector, address="203.0.113.10") == ""


def test_one_address_counts_so_often_and_no_more(collector):
    collector.rates = Rates(2)

    found = [take(collector, b"1.%d.1.1.0.0" % story) for story in range(1, 5)]

    assert found == ["", "", "rate", "rate"]


def test_who_is_known_already_has_a_rate_too(collector):
    collector.rates = Rates(2)
    reader = collector.recognise(FIELDS, "203.0.113.9", "203.0.113.9", NOON)

    found = [collector.count((story, 1, 1, 0, 0), reader, NOON) for story in (1, 2, 3)]

    assert found == ["", "", "rate"]


def test_who_had_their_rate_is_looked_at_again_soon_and_others_in_a_minute(collector):
    fields = FIELDS | {b"user-agent": BOT}
    assert collector.recognise(fields, "a", "a", NOON).until == NOON + 60

    collector.rates = Rates(0)
    assert collector.recognise(FIELDS, "a", "a", NOON)[3:] == ("rate", NOON)


def test_a_burst_of_bots_changes_nothing(collector):
    for reader in range(70):
        take(collector, address=f"203.0.113.{reader}")
    for bot in range(30):
        take(collector, address=f"198.51.100.{bot}", fields=FIELDS | {b"user-agent": BOT})

    assert len(journal_of(collector)) == 70
    assert collector.dropped["bot"] == 30


def test_a_reader_is_another_visitor_on_another_site_and_the_next_day(collector):
    take(collector)
    take(collector, fields=FIELDS | {b"host": b"kin.example", b"origin": b"https://kin.example"})
    take(collector, at=NOON + 86_400)
    take(collector, b"1.5.1.2.0.30", at=NOON + 86_400)

    visitors = [event.visitor for event in journal_of(collector)]

    assert len(set(visitors)) == 3
    assert visitors[2] == visitors[3]


def test_two_fronts_of_a_machine_know_the_same_visitor(collector, another):
    take(collector)
    take(another)
    another.flush()

    first, second = journal_of(collector)

    assert first.visitor == second.visitor


def test_unknown_stories_do_not_fill_the_memory(collector):
    collector.rates = Rates(10**9)
    for story in range(1, FULL_AT + 10):
        take(collector, b"1.%d.1.1.0.0" % story)

    assert len(collector._kept) < FULL_AT
    assert len(collector.journal.read_from({})[0]) == FULL_AT


def test_what_a_disk_refuses_is_lost_and_each_trouble_is_told_once(collector, tmp_path, logged):
    good = collector.directory
    for story, directory in enumerate([good, BLOCKED, BLOCKED, good, BLOCKED, good], start=1):
        collector.journal.close()
        collector.journal.directory = directory
        take(collector, b"1.%d.1.1.0.0" % story)
        collector.flush()

    assert sorted(event.story for event in journal_of(collector)) == [1, 4, 6]
    assert (collector.taken, collector.dropped["lost"]) == (3, 3)
    assert logged().count("beacons_not_written") == 2


def test_a_host_that_is_new_is_known_with_the_next_tick(collector, tmp_path):
    fields = FIELDS | {b"host": b"new.example", b"origin": b"https://new.example"}
    assert take(collector, fields=fields) == "host"

    tell_sites(tmp_path, {"new.example": 9})
    collector.tick()

    assert take(collector, fields=fields) == ""


def test_closing_writes_the_rest(collector):
    take(collector)
    collector.close()

    assert len(Journal(collector.directory).read_from({})[0]) == 1


def test_it_opens_with_the_public_list_of_crawlers(tmp_path):
    found = open_collector(tmp_path, rate=5)

    assert found.agents.is_bot(BOT)
    assert not found.agents.is_bot(FIREFOX)
    assert found.rates.a_minute == 5
    assert found.directory == tmp_path / module.FOLDER


def take(collector, text=SHOWN, *, fields=FIELDS, address="203.0.113.9", at=NOON):
    return collector.take(text, fields, address, address, at)


def journal_of(collector):
    collector.flush()
    return collector.journal.read_from({})[0]


@pytest.fixture
def collector(tmp_path):
    made = a_collector(tmp_path)
    yield made
    made.close()


@pytest.fixture
def another(tmp_path, collector):
    made = a_collector(tmp_path)
    yield made
    made.close()


def a_collector(tmp_path):
    tell_sites(tmp_path, {"post.example": 7, "kin.example": 8})
    directory = tmp_path / module.FOLDER
    return Collector(directory, Journal(directory, lambda: NOON), Agents(["Googlebot"]))
