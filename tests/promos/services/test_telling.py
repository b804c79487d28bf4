"""What pages told is kept by fronts, counted once by whoever takes it, and never twice."""

import json
from datetime import timedelta
from operator import attrgetter

import pytest
from django.db import DatabaseError

from dateline.promos import models
from dateline.promos.adapters import links
from dateline.promos.adapters.told import FOLDER, Told
from dateline.promos.domain.kinds import Event
from dateline.promos.services import counting
from dateline.promos.services.counting import count_told
from dateline.promos.services.telling import BURST, open_teller
from tests.factories.promos import BROWSER, NOON, a_campaign, forge

HEAD = {b"host": b"Musashi.localhost:8000", b"user-agent": BROWSER.encode()}
SOON = NOON + timedelta(seconds=3)
seconds = NOON.timestamp()


@pytest.fixture
def teller(tmp_path):
    opened = open_teller(tmp_path)
    opened.told.clock = NOON.timestamp
    yield opened
    opened.told.close()


@pytest.fixture
def name(kei):
    campaign = a_campaign(kei)
    return links.sign(campaign.pk, campaign.creatives.get().pk, "body")


@pytest.fixture
def sites(masthead):
    return {"musashi.localhost": masthead.pk}


def tell(teller, *events, address="203.0.113.9", **head):
    fields = HEAD | {key.replace("_", "-").encode(): value for key, value in head.items()}
    return teller.take(json.dumps(events).encode(), fields, address, NOON.timestamp())


def files(tmp_path):
    return sorted(path.suffix for path in (tmp_path / FOLDER).iterdir())


def viewable():
    return sum(map(attrgetter("viewable"), models.Count.objects.all()))


def test_what_a_page_tells_is_counted_in_the_hour_in_which_it_told(tmp_path, teller, name, sites):
    assert tell(teller, ["chance", name], ["viewable", name])
    assert tell(teller, ["viewable", name], ["viewable", forge(name)], ["copy", name])

    assert count_told(tmp_path, sites, at=SOON) == 4
    row = models.Count.objects.get()
    assert (row.chances, row.viewable, row.copies, row.hour) == (1, 2, 1, NOON)
    assert files(tmp_path) == []
    assert count_told(tmp_path, sites, at=SOON) == 0


@pytest.mark.parametrize(
    "head",
    [
        {"user_agent": b"curl/8.5"},
        {"user_agent": b""},
        {"sec_purpose": b"prefetch;prerender"},
        {"sec_fetch_site": b"cross-site"},
        {"sec_gpc": b"1"},
    ],
)
def test_what_does_not_count_is_not_kept(tmp_path, teller, name, head):
    assert not tell(teller, ["viewable", name], **head)
    assert not (tmp_path / FOLDER).exists()


def test_nothing_that_can_be_read_is_not_kept(tmp_path, teller):
    assert not tell(teller, ["click", "x"], [1], "viewable")
    assert not (tmp_path / FOLDER).exists()


def test_one_address_may_tell_so_much_and_no_more(teller, name):
    kept = [tell(teller, ["viewable", name]) for _ in range(BURST + 5)]

    assert sum(kept) == BURST
    assert tell(teller, ["viewable", name], address="203.0.113.10")


def test_a_host_that_is_no_masthead_counts_nowhere(tmp_path, teller, name, sites):
    tell(teller, ["viewable", name], host=b"else.localhost")

    assert count_told(tmp_path, sites, at=SOON) == 0
    assert not models.Count.objects.exists()


def test_a_file_that_its_front_still_writes_is_left_alone(tmp_path, teller, name, sites):
    tell(teller, ["viewable", name])

    assert count_told(tmp_path, sites, at=NOON + timedelta(seconds=1)) == 0
    assert files(tmp_path) == [".told"]


def test_each_second_has_a_file_of_its_own(tmp_path, teller, name, sites):
    tell(teller, ["viewable", name])
    teller.told.clock = (NOON + timedelta(seconds=1)).timestamp
    tell(teller, ["viewable", name])

    assert files(tmp_path) == [".told", ".told"]
    assert count_told(tmp_path, sites, at=SOON) == 2


def test_where_the_database_refuses_everything_is_counted_later(
    tmp_path, teller, name, sites, monkeypatch
):
    tell(teller, ["viewable", name])

    def refuse(*_, **__):
        raise DatabaseError("locked")

    with monkeypatch.context() as patch:
        patch.setattr(counting, "_add", refuse)
        with pytest.raises(DatabaseError):
            count_told(tmp_path, sites, at=SOON)

    assert count_told(tmp_path, sites, at=SOON) == 1


def test_what_a_worker_took_and_died_with_is_never_counted_twice(tmp_path, teller, name, sites):
    tell(teller, ["viewable", name])
    taken = next(Told(tmp_path / FOLDER, clock=SOON.timestamp).take())  # and is killed here

    assert count_told(tmp_path, sites, at=SOON) == 0
    assert files(tmp_path) == [".taken"]
    count_told(tmp_path, sites, at=SOON + timedelta(minutes=11))
    assert files(tmp_path) == []
    taken.put_back()  # it was only slow, and its database refused: too late
    assert files(tmp_path) == []
    assert viewable() == 0


def test_two_workers_never_take_the_same_file(tmp_path, teller, name):
    tell(teller, ["viewable", name])
    told = Told(tmp_path / FOLDER, clock=SOON.timestamp)
    second, first = told.take(), told.take()
    one = next(first)

    assert list(second) == []
    assert one.tellings[0].events == [(Event.VIEWABLE, name)]


def test_another_worker_may_be_quicker_by_a_hair(tmp_path, teller, name, monkeypatch):
    tell(teller, ["viewable", name])
    told = Told(tmp_path / FOLDER, clock=SOON.timestamp)
    (path,) = (tmp_path / FOLDER).iterdir()
    rows = sorted
    monkeypatch.setattr(
        "dateline.promos.adapters.told.sorted",
        lambda found: [path.unlink(missing_ok=True), rows([*found, path])][1],
        raising=False,
    )

    assert list(told.take()) == []


def test_a_line_that_a_power_failure_cut_is_left_out(tmp_path, teller, name, sites):
    tell(teller, ["viewable", name])
    (path,) = (tmp_path / FOLDER).iterdir()
    with path.open("ab") as file:
        file.write(b'["musashi.localhost", 3]\n["musashi.loc')

    assert count_told(tmp_path, sites, at=SOON) == 1


def test_a_full_disk_costs_views_and_no_page(tmp_path, teller, name, logged):
    (tmp_path / FOLDER).write_text("in the way")

    assert not tell(teller, ["viewable", name])
    assert "offers_not_kept" in logged()
