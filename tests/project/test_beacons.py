"""The worker tells fronts which host is whose, and counts what nginx has logged."""

import json

import pytest

from dateline.project import beacons, schedule
from dateline.project.config import Config
from dateline.trending.adapters.journal import Journal
from dateline.trending.services.collector import FOLDER
from tests.factories.newsroom import a_masthead

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


def test_both_happen_by_themselves():
    loops = {loop.name: loop for loop in schedule.LOOPS}

    assert loops["beacon-sites"].run is beacons.tell_sites
    assert loops["beacon-log"].run is beacons.read_log
    assert loops["beacon-log"].every_s < 1


def told(data_dir):
    return json.loads((data_dir / FOLDER / "sites.json").read_text())
