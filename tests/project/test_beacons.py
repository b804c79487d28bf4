"""The worker tells fronts which host is whose, and counts what nginx and fronts have kept."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from dateline import clock
from dateline.project import beacons, schedule
from dateline.project.config import Config
from dateline.promos import models
from dateline.promos.adapters import links
from dateline.promos.domain.kinds import Event
from dateline.promos.services.telling import open_teller
from dateline.trending.adapters.journal import Journal
from dateline.trending.services.collector import FOLDER
from tests.factories.newsroom import a_masthead
from tests.factories.promos import BROWSER, a_campaign, a_manager

pytestmark = pytest.mark.django_db

LINE = (
    "1795900000.123\t203.0.113.9\tpost.example\tPOST\t1.4711.1.1.0.0\t0\t"
    "https://post.example\tsame-origin\t-\tMozilla/5.0 Firefox/145.0\n"
)


def test_fronts_are_told_the_hosts_that_readers_use(settings, tmp_path):
    settings.CONFIG = Config(data_dir=tmp_path)
    settings.DATELINE_DEMO_DOMAIN = ""
    site = a_masthead("post", host="post.example")

    beacons.tell_sites()
    assert told(tmp_path) == {"post.example": site.pk}

    settings.DATELINE_DEMO_DOMAIN = "demo.localhost"
    beacons.tell_sites()
    assert told(tmp_path) == {"post.example": site.pk, "post.demo.localhost": site.pk}


def test_what_nginx_has_logged_is_counted(settings, tmp_path):
    log = tmp_path / "beacons.log"
    settings.CONFIG = Config(data_dir=tmp_path, beacons="nginx", beacon_log=log)
    a_masthead("post", host="post.example")
    beacons.tell_sites()
    log.write_text(LINE)

    assert beacons.read_log()
    assert not beacons.read_log()

    (event,) = Journal(tmp_path / FOLDER).read_from({})[0]
    assert event.story == 4711


@pytest.mark.parametrize("options", [{}, {"beacons": "off"}, {"beacons": "nginx"}])
def test_where_nginx_does_not_count_no_log_is_read(settings, tmp_path, options):
    settings.CONFIG = Config(data_dir=tmp_path, **options)

    assert not beacons.read_log()
    assert not (tmp_path / FOLDER).exists()


def test_what_fronts_were_told_of_offers_is_counted(settings, tmp_path, monkeypatch):
    settings.CONFIG = Config(data_dir=tmp_path)
    settings.DATELINE_DEMO_DOMAIN = "demo.localhost"
    campaign = a_campaign(a_manager(a_masthead("musashi", host="musashi.example")))
    name = links.sign(campaign.pk, campaign.creatives.get().pk, "body")
    teller, now = open_teller(tmp_path), datetime.now(UTC)
    for host in (b"musashi.example", b"musashi.demo.localhost:8000", b"kinako.example"):
        head = {b"host": host, b"user-agent": BROWSER.encode()}
        teller.take(json.dumps([[Event.VIEWABLE, name]]).encode(), head, "203.0.113.9", 0.0)
    teller.told.close()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=9))

    assert beacons.count_offers()
    assert not beacons.count_offers()
    assert models.Count.objects.get().viewable == 2


def test_all_of_it_happens_by_itself():
    loops = {loop.name: loop for loop in schedule.LOOPS}

    assert loops["beacon-sites"].run is beacons.tell_sites
    assert loops["beacon-log"].run is beacons.read_log
    assert loops["beacon-log"].every_s < 1
    assert loops["offers-told"].run is beacons.count_offers


def told(data_dir):
    return json.loads((data_dir / FOLDER / "sites.json").read_text())
