"""Files of people: a report for each line, resumed where a process died, never undoing a no."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import clock
from dateline.mail.domain.states import Reason
from dateline.mail.services import suppression
from dateline.newsletters import models
from dateline.newsletters.domain.errors import NotYours, Unfit
from dateline.newsletters.domain.importing import LineRefused, columns_of, person_of
from dateline.newsletters.domain.kinds import Ending
from dateline.newsletters.queries import desk
from dateline.newsletters.services import ending, importing
from tests.factories.newsletters import TOLD, a_subscriber
from tests.factories.people import a_reader, an_editor_of_the_desk

STATED = "At our reader fair in Minasato, to the words “Send me your letter”."
THEN = datetime(2025, 5, 1, tzinfo=UTC)


@pytest.fixture
def ed(masthead):
    return an_editor_of_the_desk()


def begin(newsletter, ed, data, **more):
    given = {"name": "fair.csv", "stated": STATED, "consented_at": THEN, **more}
    data = data if isinstance(data, bytes) else "\n".join(data).encode()
    return importing.begin(newsletter.pk, [data], by=ed.pk, **given)


def run(number):
    while importing.run_due():
        pass
    return models.ListImport.objects.get(pk=number)


def report(file):
    return [(one.number, one.verdict) for one in file.left_out.order_by("number")]


def test_good_lines_are_taken_and_each_other_line_is_told_of(morning, ana, ed):
    ending.end_for("ana@example.test", why=Ending.REQUEST, told=TOLD, at=clock.now())
    a_subscriber(morning, address="known@example.test")
    suppression.suppress(
        "complained@example.test", scope="", reason=Reason.COMPLAINT, source="t", at=clock.now()
    )
    file = run(
        begin(morning, ed, [
            "Email,Name,consented_at", "ben@example.test,Ben,2024-02-03", "no address,,",
            "ANA@example.test,Ana,", "known@example.test,,", "complained@example.test,,", "",
            "BEN@example.test,Ben again,", "chi@example.test,=SUM(1),", "a,b,c,d",
            "dee@example.test,Dee,yesterday", '"open@example.test,x,',
        ])
    )  # fmt: skip

    assert (file.state, file.lines, file.taken) == ("done", 12, 2)
    assert str(file) == f"fair.csv #{file.pk}"
    assert str(file.left_out.order_by("number")[0]) == f"{file.pk} line 3: refused"
    assert (file.known, file.withheld, file.refused) == (2, 2, 4)
    assert report(file) == [
        (3, "refused"), (4, "withheld"), (5, "known"), (6, "withheld"), (8, "known"),
        (10, "refused"), (11, "refused"), (12, "refused"),
    ]  # fmt: skip
    on = morning.subscriptions.filter(standing="confirmed").values_list(
        "subscriber__key", flat=True
    )
    assert sorted(on) == ["ben@example.test", "chi@example.test", "known@example.test"]
    assert file.pieces.count() == 0


def test_each_has_the_proof_that_was_stated(morning, ed):
    run(begin(morning, ed, ["email,consented_at,source", "ben@example.test,2024-02-03 04:05,web"]))
    proof = models.Consent.objects.get()

    assert (proof.act, proof.shown, proof.where, proof.by) == (
        "imported", STATED, "web", str(ed.pk),
    )  # fmt: skip
    assert proof.proof["consented_at"] == "2024-02-03T04:05:00+00:00"


def test_who_only_asked_is_confirmed_by_a_file_with_proof(morning, ed):
    who = a_subscriber(address="ben@example.test")
    models.Subscription.objects.create(newsletter=morning, subscriber=who, standing="asked")
    run(begin(morning, ed, ["ben@example.test"]))

    assert models.Subscription.objects.get().standing == "confirmed"


def test_a_file_of_bare_addresses_has_no_heading(morning, ed):
    file = run(begin(morning, ed, b"\xef\xbb\xbfben@example.test\r\nchi@example.test\r\n"))

    assert (file.taken, file.lines, file.refused) == (2, 2, 0)


@pytest.mark.parametrize(
    "data",
    [b"name,age\nBen,4\n", b"\xff\xfe\x00n\n", b"x" * 5_000 + b"\n"],
    ids=["no column", "not UTF-8", "one long line"],
)
def test_a_file_in_which_nothing_is_an_address_is_stopped_and_says_why(morning, ed, data):
    file = run(begin(morning, ed, data))

    assert (file.state, file.taken) == ("stopped", 0)
    assert file.told


def test_an_empty_file_is_done_at_once(morning, ed):
    assert run(begin(morning, ed, b"")).state == "done"


def test_a_process_that_died_goes_on_where_the_last_whole_go_ended(morning, ed, monkeypatch):
    monkeypatch.setattr(importing, "PIECE", 70)
    monkeypatch.setattr(importing, "IN_ONE_GO", 7)
    lines = [f"reader{n}@example.test,Nº {n}" for n in range(100)]
    number = begin(morning, ed, ["email,name", *lines])
    for _ in range(3):
        assert importing.run_due() == 7
    real = importing.take_lines

    def dies(*args, **more):
        real(*args, **more)
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(importing, "take_lines", dies)
        with pytest.raises(RuntimeError):
            importing.run_due()
    assert morning.subscriptions.count() == 20

    file = run(number)
    assert (file.taken, file.lines, file.refused) == (100, 101, 0)
    assert models.Consent.objects.filter(act="imported").count() == 100
    assert models.Subscriber.objects.get(key="reader37@example.test").name == "Nº 37"


def test_a_line_without_an_end_is_refused_in_parts(morning, ed, monkeypatch):
    monkeypatch.setattr(importing, "PIECE", 6_000)
    file = run(begin(morning, ed, b"ben@example.test\n" + b"x" * 30_000 + b"\nchi@example.test"))

    assert file.state == "done"
    assert file.refused >= 1
    assert morning.subscriptions.filter(subscriber__key="ben@example.test").exists()


def test_an_editor_stops_it_and_who_is_on_it_stays(morning, ed, monkeypatch):
    monkeypatch.setattr(importing, "IN_ONE_GO", 2)
    number = begin(morning, ed, [f"r{n}@example.test" for n in range(10)])
    assert str(models.ImportPiece.objects.get()) == f"{number} from 0"
    importing.run_due()
    assert importing.stop(number, by=ed.pk)
    assert not importing.stop(number, by=ed.pk)
    file = run(number)

    assert (file.state, file.taken) == ("stopped", 2)
    assert importing._go_on(number, at=clock.now()) == 0


def test_consent_must_be_stated_by_somebody_whose_list_it_is(morning, ed, monkeypatch):
    with pytest.raises(Unfit, match="Say where"):
        begin(morning, ed, [], stated="yes")
    with pytest.raises(Unfit, match="future"):
        begin(morning, ed, [], consented_at=datetime(2027, 1, 1, tzinfo=UTC))
    with pytest.raises(NotYours):
        begin(morning, a_reader(), [])
    monkeypatch.setattr(importing, "BYTES_MOST", 10)
    with pytest.raises(Unfit, match="more than 10 bytes"):
        begin(morning, ed, b"ben@example.test")
    assert models.ListImport.objects.count() == 0


def test_three_in_a_hundred_broken_lines_hold_up_none_of_the_others(morning, ed):
    bad = {n for n in range(3_000) if n * 7919 % 100 < 3}
    lines = [f"r{n}.example.test" if n in bad else f"r{n}@example.test" for n in range(3_000)]
    file = run(begin(morning, ed, ["email", *lines]))

    assert (file.taken, file.refused) == (3_000 - len(bad), len(bad))
    assert [one.number - 2 for one in file.left_out.order_by("number")] == sorted(bad)


def test_what_was_left_out_and_the_whole_list_come_out_as_csv_no_spreadsheet_runs(morning, ed):
    a_subscriber(address="asked@example.test").subscriptions.create(
        newsletter=morning, standing="asked"
    )
    number = begin(morning, ed, ["email,name", "ben@example.test,=1+1", "=cmd|x"])
    file = run(number)
    rows, left_out = list(desk.export_rows(morning)), list(desk.left_out_rows(file))
    by_head = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]

    assert by_head[1]["name"] == "'=1+1"
    assert (by_head[1]["proof"], by_head[1]["shown"]) == ("imported", STATED)
    assert by_head[1]["consented_at"] == THEN.isoformat()
    assert (by_head[0]["standing"], by_head[0]["proof"]) == ("asked", "")
    assert left_out[1][0] == "3"
    assert left_out[1][3] == "'=cmd|x"


@given(st.binary(max_size=300))
def test_any_line_is_a_person_or_refused(line):
    for columns in (["address"], ["name", "address", "consented_at"]):
        with contextlib.suppress(LineRefused):
            assert "@" in person_of(line, columns).address
    with contextlib.suppress(LineRefused):
        assert "address" in columns_of(line)
