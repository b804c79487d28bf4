"""Whom a mailing goes to is written down before it leaves, once for each reader."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline import clock
from dateline.mail import models
from dateline.mail.domain.copies import Letter, read
from dateline.mail.domain.message_ids import message_id, whose
from dateline.mail.domain.states import Fate, MailingState, Reason
from dateline.mail.queries import mailings as queries
from dateline.mail.services import mailings, suppression
from dateline.mail.services.mailings import AlreadyFrozen, Recipient, WrongState

pytestmark = pytest.mark.django_db
SEVEN = datetime(2026, 11, 29, 7, 0, tzinfo=UTC)
LETTER = Letter("Morning", "<p>Hello ⟦name⟧</p>", "Hello ⟦name⟧", "Musashi <news@musashi.test>")
ANA, BEN, CLEO = (
    Recipient(f"{name}@example.test", n) for n, name in enumerate(("Ana", "ben", "cleo"))
)


def freeze(*audience, key="newsletters.edition:1", **given):
    wanted = {
        "scope": "newsletter:3", "envelope_from": "bounces@musashi.test", "letters": [LETTER],
        "audience": iter(audience), "at": SEVEN,
    }  # fmt: skip
    return mailings.freeze(key, **(wanted | given))


def state(mailing):
    return queries.progress(mailing).state


def test_everybody_is_on_it_once_with_what_is_theirs():
    due = SEVEN + timedelta(hours=2)
    mailing = freeze(
        ANA, Recipient("ben@EXAMPLE.test", 2, fields={"name": "Ben\0\ud800"}, due_at=due),
        Recipient("ana@example.test", 9),
    )  # fmt: skip

    ana, ben = models.Entry.objects.filter(mailing=mailing).order_by("number")
    assert (ana.number, ana.address, ana.key, ana.person) == (
        1,
        "Ana@example.test",
        "ana@example.test",
        0,
    )
    assert (ben.number, ben.address, ben.person, ben.due_at) == (2, "ben@example.test", 2, due)
    assert ben.fields == {"name": "Ben ?"}
    assert [str(ana), str(ana.mailing)] == [
        f"{mailing}/1 Ana@example.test",
        "newsletters.edition:1",
    ]
    assert queries.progress(mailing) == queries.Progress(MailingState.READY, total=2, waiting=2)
    copy = models.MailingCopy.objects.get(mailing=mailing)
    assert b"\r\nAna=\r\n" in read(copy.segments).joined({"name": "Ana"})
    assert str(copy) == f"{mailing}/0"


def test_who_may_not_be_written_to_is_on_it_and_gets_nothing():
    suppression.suppress(
        "ANA@example.test", scope="newsletter:3", reason=Reason.REQUEST, source="x", at=SEVEN
    )
    suppression.suppress(
        "cleo@example.test", scope="newsletter:4", reason=Reason.REQUEST, source="x", at=SEVEN
    )

    mailing = freeze(ANA, Recipient("no mail", 4), CLEO)

    assert queries.fate_of(mailing, " ANA@example.test ") is Fate.WITHHELD
    assert queries.fate_of(mailing, "no mail") is Fate.REFUSED
    assert queries.fate_of(mailing, "cleo@example.test") is Fate.WAITING
    assert queries.fate_of(mailing, "ben@example.test") is None
    assert models.Entry.objects.get(key="no mail").told == "'no mail' has no @."
    assert queries.progress(mailing) == queries.Progress(
        MailingState.READY, total=3, waiting=1, refused=1, withheld=1
    )


def test_a_long_audience_is_kept_stretch_by_stretch(monkeypatch):
    monkeypatch.setattr(mailings, "SIZE", 2)
    mailing = freeze(ANA, BEN, Recipient("BEN@example.test", 7), CLEO, ANA, BEN)

    stretches = models.Stretch.objects.filter(mailing=mailing).order_by("first")
    assert [str(one) for one in stretches] == [f"{mailing}/1-2", f"{mailing}/3-3"]
    assert [one.next_at for one in stretches] == [SEVEN, SEVEN]
    assert queries.progress(mailing).total == 3


def test_the_same_is_never_frozen_twice():
    freeze(ANA)

    with pytest.raises(
        AlreadyFrozen, match=r"newsletters\.edition:1 was frozen at 2026-11-29 07:00"
    ):
        freeze(BEN)
    assert models.Mailing.objects.count() == 1


def test_two_who_freeze_at_once_make_one(monkeypatch):
    mailing = freeze(ANA)
    monkeypatch.setattr(models.Mailing.objects, "filter", lambda **_: models.Mailing.objects.none())

    with pytest.raises(AlreadyFrozen, match="is being frozen"):
        freeze(BEN)
    assert queries.fate_of(mailing, "ben@example.test") is None


def test_a_freezing_that_breaks_leaves_nothing(monkeypatch):
    monkeypatch.setattr(mailings, "SIZE", 2)

    with pytest.raises(IndexError, match=r"ben@example\.test: there is no letter 1"):
        freeze(ANA, CLEO, Recipient("ben@example.test", 2, copy=1))
    assert not models.Mailing.objects.exists()
    assert not models.Entry.objects.exists()


def test_a_freezing_that_died_is_begun_anew():
    old = freeze(ANA)
    rows = models.Mailing.objects.filter(pk=old)
    rows.update(state="freezing", touched_at=clock.now() - timedelta(seconds=60))
    with pytest.raises(AlreadyFrozen):
        freeze(BEN)

    rows.update(touched_at=clock.now() - timedelta(seconds=121))
    mailing = freeze(BEN)

    assert queries.fate_of(mailing, "ana@example.test") is None
    assert queries.progress(mailing).total == 1


def test_it_is_started_paused_and_gone_on_with():
    mailing = freeze(ANA)
    with pytest.raises(WrongState, match="is ready: it cannot go on"):
        mailings.resume(mailing, at=SEVEN)
    with pytest.raises(WrongState, match="is ready at 07:00 UTC"):
        mailings.pause(mailing, at=SEVEN)

    mailings.start(mailing, at=SEVEN)
    mailings.start(mailing, at=SEVEN + timedelta(hours=1))
    assert state(mailing) is MailingState.SENDING
    assert models.Mailing.objects.get().started_at == SEVEN
    for _ in range(2):
        mailings.pause(mailing, at=SEVEN)
        assert state(mailing) is MailingState.PAUSED
    for _ in range(2):
        mailings.resume(mailing, at=SEVEN)
        assert state(mailing) is MailingState.SENDING


def test_one_that_goes_to_nobody_is_done_when_it_starts():
    mailing = freeze()
    mailings.start(mailing, at=SEVEN)

    assert queries.progress(mailing) == queries.Progress(MailingState.DONE)
    assert models.Mailing.objects.get().ended_at == SEVEN
    assert not mailings.stop(mailing, why="Late.", at=SEVEN)


def test_what_was_stopped_stays_stopped(monkeypatch):
    monkeypatch.setattr(mailings, "SIZE", 1)
    mailing = freeze(ANA, BEN)
    models.Stretch.objects.filter(first=2).update(holder="another sender")

    assert mailings.stop(mailing, why="The story was killed.", at=SEVEN)
    assert not mailings.stop(mailing, why="Again.", at=SEVEN)

    assert models.Mailing.objects.get().why == "The story was killed."
    assert queries.fate_of(mailing, "ana@example.test") is Fate.STOPPED
    assert queries.fate_of(mailing, "ben@example.test") is Fate.WAITING  # its sender settles it
    with pytest.raises(WrongState, match="is stopped: it cannot be started"):
        mailings.start(mailing, at=SEVEN)
    models.Stretch.objects.update(holder="")
    assert mailings.sweep(mailing, at=SEVEN) == 1
    assert queries.progress(mailing) == queries.Progress(MailingState.STOPPED, total=2, stopped=2)


def test_whoever_is_in_doubt_is_listed_by_name(settings):
    settings.DATELINE_NETWORK_DOMAIN = "dateline.test"
    mailing = freeze(ANA, BEN)
    models.Entry.objects.filter(number=2).update(fate="unknown", settled_at=SEVEN)

    assert queries.in_doubt(mailing) == [
        queries.Doubt("ben@example.test", 2, f"<m{mailing}.2@dateline.test>", SEVEN)
    ]


def test_a_message_id_tells_whose_it_is():
    assert whose(message_id(12, 345, "dateline.test")) == (12, 345)
    assert whose("<m12.345@dateline.test>") == (12, 345)
    assert whose("<answers.1@dateline.test>") is None
