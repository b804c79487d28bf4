"""A mailing that was begun, for the tests of its sending."""

from datetime import UTC, datetime

import pytest

from dateline.mail.adapters import pool
from dateline.mail.domain.copies import Letter
from dateline.mail.queries import mailings as queries
from dateline.mail.services import mailings, pacing, sending
from dateline.mail.services.mailings import Recipient

SEVEN = datetime(2026, 11, 29, 7, 0, tzinfo=UTC)
LETTER = Letter(
    "Morning, ⟦name⟧",
    "<p>Hello ⟦name⟧ <a href='/⟦token:newsletters.out⟧/'>out</a></p>",
    "Hello ⟦name⟧\n⟦token:newsletters.out⟧",
    "Musashi <news@musashi.test>",
)
R1, R2, R3 = (f"r{number}@example.test" for number in (1, 2, 3))


@pytest.fixture
def own_folder(settings, tmp_path, monkeypatch):
    settings.DATELINE_DATA_DIR = tmp_path
    settings.DATELINE_MAIL_PATIENCE_S = 0.3
    monkeypatch.setattr(pacing, "SLOW_AT_FIRST", 1000.0)
    monkeypatch.setattr(pool, "FIRST_PAUSE_S", 0.01)
    monkeypatch.setattr(pool, "LONGEST_PAUSE_S", 0.01)


def readers(count):
    return [
        Recipient(f"r{n}@example.test", n, fields={"name": f"Reader {n}"})
        for n in range(1, count + 1)
    ]


def begun(audience, key="newsletters.edition:1", **given):
    wanted = {
        "scope": "newsletter:3", "envelope_from": "bounces@musashi.test", "letters": [LETTER],
        "audience": audience, "at": SEVEN,
    }  # fmt: skip
    mailing = mailings.freeze(key, **(wanted | given))
    mailings.start(mailing, at=SEVEN)
    return mailing


def send(at=SEVEN, **given):
    return sending.send_due(at=at, **given)


def counts(mailing):
    found = queries.progress(mailing)
    names = ("waiting", "sent", "refused", "withheld", "stopped", "unknown")
    return {name: count for name in names if (count := getattr(found, name))}
