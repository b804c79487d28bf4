"""Journeys through a reader's mailbox: a network of their own, whose mail goes by real SMTP.

Fixtures:
  office     the mail server; `office.letter(address, fits)` fetches by IMAP what it took
  network    the demo network, as in other journeys, that sends to it
"""

import shutil
from contextlib import ExitStack

import pytest

from tests.journeys import network as running
from tests.journeys.conftest import CHROMIUM
from tests.post_office import PostOffice, is_here


@pytest.fixture(scope="package")
def office():
    if not is_here():
        pytest.skip("Dovecot's files are not here: run `python3 bin/system_packages.py`")
    started = PostOffice()
    yield started
    started.stop()


@pytest.fixture(scope="package")
def network(tmp_path_factory, office):
    if not shutil.which(CHROMIUM):
        pytest.skip(f"journeys need a browser, and there is no {CHROMIUM} here")
    data_dir = tmp_path_factory.mktemp("by-mail") / "var"
    running.lay_out(data_dir)
    with ExitStack() as stack:
        started = running.Network(data_dir, **office.settings)
        stack.callback(started.stop)
        yield started
