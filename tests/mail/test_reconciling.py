"""What a dead sender had in hand is found out, and nobody gets it twice."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from dateline.mail import models
from dateline.mail.adapters import journal
from dateline.mail.adapters.journal import Journal
from dateline.mail.adapters.lookups import Nobody
from dateline.mail.domain.copies import Letter
from dateline.mail.domain.states import Fate
from dateline.mail.queries import mailings as queries
from dateline.mail.services import mailings, stretches
from dateline.mail.services.mailings import Recipient
from dateline.mail.services.reconciling import reconcile

pytestmark = pytest.mark.django_db
SEVEN = datetime(2026, 11, 29, 7, 0, tzinfo=UTC)
LETTER = Letter("Morning", "", "Hello", "Musashi <news@musashi.test>")


class Told:
    """A lookup that knows what it was told."""

    patience_s = 60.0

    def __init__(self, **told):
        self.told, self.asked = told, {}

    def known(self, asked):
        self.asked |= asked
        numbers = {name: name.partition("@")[0].partition(".")[2] for name in asked}
        return {name: self.told[f"n{n}"] for name, n in numbers.items() if f"n{n}" in self.told}


@pytest.fixture
def held(tmp_path):
    """Five readers in the hands of a sender, which then dies."""
    mailing = mailings.freeze(
        "newsletters.edition:1", scope="newsletter:3", envelope_from="b@musashi.test",
        letters=[LETTER], audience=[Recipient(f"r{n}@example.test", n) for n in range(1, 6)],
        at=SEVEN,
    )  # fmt: skip
    mailings.start(mailing, at=SEVEN)
    found, rows = stretches.take(tmp_path, at=SEVEN)
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert stretches.take(tmp_path, at=SEVEN) is None
    return found


def fates():
    return dict(models.Entry.objects.values_list("number", "fate"))


def test_what_was_answered_is_written_down_and_the_rest_waits_again(held, tmp_path):
    for number in (1, 2, 3):
        held.journal.handing(number)
    held.journal.settled(1, Fate.SENT, "250 ok")
    held.journal.settled(2, None, "450 later")
    held.journal.let_go()

    assert reconcile(tmp_path, Nobody(), at=SEVEN) == 1

    assert fates() == {1: "sent", 2: "waiting", 3: "unknown", 4: "waiting", 5: "waiting"}
    assert [doubt.number for doubt in queries.in_doubt(held.mailing_id)] == [3]
    later = models.Entry.objects.get(number=2)
    assert (later.tries, later.due_at) == (1, SEVEN + timedelta(seconds=5))
    assert queries.progress(held.mailing_id).waiting == 3
    _, rows = stretches.take(tmp_path, at=SEVEN)
    assert [row.number for row in rows] == [4, 5]


def test_a_living_sender_keeps_what_it_has(held, tmp_path):
    held.journal.handing(1)

    assert reconcile(tmp_path, Nobody(), at=SEVEN + timedelta(days=9)) == 0
    assert models.Stretch.objects.get().holder == held.journal.name


def test_the_receiver_is_asked_and_believed(held, tmp_path):
    for number in (1, 2):
        held.journal.handing(number)
    held.journal.let_go()
    lookup = Told(n1=True, n2=False)

    assert reconcile(tmp_path, lookup, at=SEVEN) == 1

    assert sorted(lookup.asked) == [f"m{held.mailing_id}.{n}@localhost" for n in (1, 2)]
    assert fates() == {1: "sent", 2: "waiting", 3: "waiting", 4: "waiting", 5: "waiting"}


def test_a_receiver_that_cannot_tell_yet_is_asked_again_for_a_while(held, tmp_path):
    held.journal.handing(1)
    held.journal.let_go()
    os.utime(held.journal.path, (SEVEN.timestamp(), SEVEN.timestamp()))

    assert reconcile(tmp_path, Told(), at=SEVEN + timedelta(seconds=59)) == 0
    assert models.Stretch.objects.get().holder == held.journal.name
    assert reconcile(tmp_path, Told(), at=SEVEN + timedelta(seconds=61)) == 1
    assert fates()[1] == "unknown"


def test_after_a_power_cut_all_in_hand_are_in_doubt(held, tmp_path, monkeypatch):
    held.journal.handing(1)
    held.journal.settled(1, Fate.SENT, "250 ok")
    held.journal.let_go()
    monkeypatch.setattr(journal, "boot_id", lambda: "another")

    assert reconcile(tmp_path, Told(n2=True, n3=False), at=SEVEN + timedelta(days=400)) == 1

    assert fates() == {1: "sent", 2: "sent", 3: "waiting", 4: "unknown", 5: "unknown"}


def test_where_the_journal_is_gone_all_in_hand_are_in_doubt(held, tmp_path):
    held.journal.end()

    assert reconcile(tmp_path, Nobody(), at=SEVEN) == 1
    assert set(fates().values()) == {"unknown"}


def test_a_journal_of_what_was_let_go_of_is_thrown_away(held, tmp_path):
    stretches.let_go(held.pk, held.journal.name, at=SEVEN)
    held.journal.let_go()

    assert reconcile(tmp_path, Nobody(), at=SEVEN) == 0
    assert not held.journal.path.exists()
    stretches.let_go(held.pk, held.journal.name, at=SEVEN)  # nobody holds it any more


def test_who_loses_the_race_for_a_stretch_takes_none(held, tmp_path, monkeypatch):
    held.journal.let_go()
    everything = models.Stretch.objects.all()
    monkeypatch.setattr(stretches, "_due", lambda _: _Late(everything))

    assert stretches.take(tmp_path, at=SEVEN) is None


class _Late:
    """There when it is asked for, and gone when it is taken."""

    def __init__(self, rows):
        self.rows = rows

    def exists(self):
        return True

    def select_related(self, *_):
        return self.rows.none()


def test_a_new_sender_goes_on_with_another_journal(held, tmp_path):
    other = Journal(tmp_path)

    assert other.name != held.journal.name
    other.end()
