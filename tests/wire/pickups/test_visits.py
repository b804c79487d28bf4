"""A visit: what came is safe before it counts as taken, and trouble is told and tried again."""

from contextlib import contextmanager
from datetime import timedelta

import pytest

from dateline import sealing
from dateline.wire import models
from dateline.wire.domain.pickups import Away, Came, Stuck
from dateline.wire.services import intake, pickups, reading
from tests.factories.documents import ninjs
from tests.wire.conftest import NOON
from tests.wire.pickups.conftest import Answer

MINUTE = timedelta(minutes=1)
ADDRESS = "http://127.0.0.1:1/feed"


@pytest.fixture
def coming(monkeypatch):
    """coming(came, came, error): what the next visit finds, in order; returns what it was told."""

    def make(*parts):
        told = []

        def fetch(place, cursor):
            told.append((place, dict(cursor)))
            for part in parts:
                if isinstance(part, Exception):
                    raise part
                yield part

        monkeypatch.setattr(pickups, "fetch", fetch)
        return told

    return make


def now(pickup):
    return models.Pickup.objects.get(pk=pickup.pk)


def test_what_a_feed_says_is_on_the_wire_after_a_visit(pickup, web):
    web.say("/news.json", Answer(ninjs(), fields={"ETag": '"1"'}))
    place = pickup("feed", web.at("/news.json"))

    assert pickups.visit_due(at=NOON) == 1
    reading.read_waiting(at=NOON)

    raw, item = models.RawDelivery.objects.get(), models.WireItem.objects.get()
    assert (raw.transport, raw.file_name, raw.received_at) == ("feed", "news.json", NOON)
    assert item.headline == "Ferry returns to harbour"
    row = now(place)
    assert row.cursor == {"etag": '"1"', "modified": ""}
    assert (row.due_at, row.visited_at, row.came_at) == (NOON + MINUTE, NOON, NOON)
    assert (row.failures, row.problem, row.leased_until) == (0, "", None)


def test_a_place_is_not_visited_before_its_time(pickup, coming):
    coming(Came("a", b"a", {}))
    pickup("feed", ADDRESS)

    assert [pickups.visit_due(at=at) for at in (NOON, NOON, NOON + MINUTE)] == [1, 0, 1]


@pytest.mark.parametrize("off", ["pickup", "provider"])
def test_what_is_switched_off_is_not_visited(pickup, kna, coming, off):
    coming(Came("a", b"a", {}))
    place = pickup("feed", ADDRESS)
    which = place if off == "pickup" else kna
    which.active = False
    which.save()

    assert pickups.visit_due(at=NOON) == 0


def test_the_next_visit_goes_on_where_the_last_one_ended(pickup, coming):
    place = pickup("imap", "imaps://mail.example/INBOX", user="news", secret="s3cret")
    coming(Came("a", b"a", {"uid": 1}), Came("b", b"b", {"uid": 2}))
    pickups.visit(place.pk, at=NOON)
    told = coming()
    pickups.visit(place.pk, at=NOON)

    spoken_to, cursor = told[0]
    assert cursor == {"uid": 2}
    assert (spoken_to.user, spoken_to.secret, spoken_to.host) == ("news", "s3cret", "mail.example")
    assert now(place).came_at == now(place).visited_at == NOON


def test_nothing_counts_as_taken_that_could_not_be_stored(pickup, coming, monkeypatch):
    place = pickup("imap", "imaps://mail.example/INBOX")
    coming(Came("a", b"a", {"uid": 1}), Came("b", b"b", {"uid": 2}))
    keep = intake.raw_store.keep

    def full(source, *, root):
        data = source.read()
        if data == b"b":
            raise OSError(28, "No space left on device")
        return keep(intake.BytesIO(data), root=root)

    monkeypatch.setattr(intake.raw_store, "keep", full)
    assert pickups.visit(place.pk, at=NOON) == 1

    row = now(place)
    assert row.cursor == {"uid": 1}
    assert "could not be stored" in row.problem
    assert (row.failures, row.due_at) == (1, NOON + 2 * MINUTE)
    assert row.visited_at is None
    assert row.came_at == NOON


def test_what_came_before_the_trouble_is_kept(pickup, coming, logged):
    place = pickup("feed", ADDRESS)
    coming(Came("a", b"a", {"n": 1}), Away("It answered 503.", wait=timedelta(minutes=20)))

    assert pickups.visit(place.pk, at=NOON) == 1
    row = now(place)
    assert (row.cursor, row.problem, row.failures) == ({"n": 1}, "It answered 503.", 1)
    assert row.due_at == NOON + timedelta(minutes=20)
    assert "It answered 503." in logged()

    pickups.visit(place.pk, at=NOON)  # the same trouble again is not told again
    assert "It answered 503." not in logged()
    coming()
    pickups.visit(place.pk, at=NOON)
    assert (now(place).problem, now(place).failures) == ("", 0)


def test_trouble_of_ours_is_told_and_keeps_no_other_place_waiting(pickup, coming, logged):
    first = pickup("feed", ADDRESS)
    second = pickup("feed", ADDRESS + "2")
    coming(ZeroDivisionError("by what?"))

    pickups.visit_due(at=NOON)

    assert "ZeroDivisionError" in now(first).problem == now(second).problem
    said = logged()
    assert "pickup_failed" in said
    assert "ZeroDivisionError" in said


def test_the_words_of_a_trouble_of_ours_are_shown_to_nobody(pickup, coming, logged):
    place = pickup("feed", ADDRESS)
    coming(ValueError("Invalid header value b'Bearer tok-en'"))

    pickups.visit(place.pk, at=NOON)

    assert "tok-en" not in now(place).problem + logged()


def test_a_visit_that_cannot_be_written_down_keeps_no_other_waiting(pickup, coming, monkeypatch):
    first, second = pickup("feed", ADDRESS), pickup("feed", ADDRESS + "2")
    coming(Came("a", b"a", {}))
    end = pickups._Taking.end

    def fails_once(taking, **how):
        if taking.pickup.pk == first.pk:
            raise ValueError("no")
        end(taking, **how)

    monkeypatch.setattr(pickups._Taking, "end", fails_once)

    assert pickups.visit_due(at=NOON) == 1
    assert now(second).visited_at == NOON
    assert now(first).leased_until == NOON + pickups.LEASE  # and then it is free again


def test_what_no_database_takes_is_written_down_without(pickup, coming):
    place = pickup("pages", ADDRESS)
    strange = {"next": "a\0b", "files": {"\ud800": ["\ud800", True, None]}}
    coming(Came("n\0\ud800", b"a", strange, "it is \0\ud800"), Away("said \0 and \ud800"))

    assert pickups.visit(place.pk, at=NOON) == 1
    row, raw = now(place), models.RawDelivery.objects.get()
    assert row.problem == "said ? and ?"
    assert row.cursor == {"next": "a?b", "files": {"?": ["?", True, None]}}
    assert (raw.file_name, raw.reason) == ("n??", "n??: it is ??")


def test_a_name_that_is_too_long_is_kept_by_its_end(pickup, coming):
    place = pickup("s3", "s3://bucket/")
    coming(Came("x" * 999 + ".json", b"a", {}))
    pickups.visit(place.pk, at=NOON)

    name = models.RawDelivery.objects.get().file_name
    assert (len(name), name[-6:]) == (255, "x.json")


class Broken:
    """Bytes that break off while they are read."""

    def __init__(self, error):
        self.error = error

    def read(self, size=-1):
        raise self.error


def test_what_breaks_off_is_told_and_the_next_thing_is_taken(pickup, coming):
    place = pickup("s3", "s3://bucket/")
    broken = [Came(name, Broken(Stuck(f"{name} broke.")), {}) for name in "abcde"]
    coming(*broken, Came("f", b"f", {"n": 1}))

    assert pickups.visit(place.pk, at=NOON) == 1
    row = now(place)
    assert row.problem == "a broke. b broke. c broke. And 2 more."
    assert (row.failures, row.cursor) == (0, {"n": 1})
    assert models.RawDelivery.objects.get().file_name == "f"


def test_what_was_visited_meanwhile_by_another_is_not_visited_again(pickup, monkeypatch):
    """Two looks a moment apart would take a file that is being written for a whole one."""
    for n in range(2):
        pickup("sftp", f"sftp://kna.example/{n}", at=NOON + n * timedelta(seconds=1))
    visited = []

    def fetch(place, cursor):
        visited.append(place.path)
        if len(visited) == 1:
            pickups.visit_due(at=NOON + MINUTE)
        yield Came("", None, {})

    monkeypatch.setattr(pickups, "fetch", fetch)
    pickups.visit_due(at=NOON + MINUTE)

    assert visited == ["0", "1"]


def test_each_visit_of_a_round_has_its_own_time(pickup, coming, monkeypatch):
    first, second = pickup("feed", ADDRESS), pickup("feed", ADDRESS + "2")
    moments = (NOON + n * MINUTE for n in range(1, 99))
    monkeypatch.setattr(pickups.clock, "now", lambda: next(moments))
    coming(Came("", None, {}))

    pickups.visit_due()

    assert NOON < now(first).visited_at < now(second).visited_at
    assert now(second).due_at > now(second).visited_at


def test_an_hour_of_silence_counts_from_the_end_of_a_visit(pickup, monkeypatch):
    place = pickup("feed", ADDRESS)
    moment = [NOON]
    monkeypatch.setattr(pickups.clock, "now", lambda: moment[0])

    def fetch(place_, cursor):
        moment[0] += 5 * MINUTE
        raise Away("It took longer than 300 seconds.")
        yield

    monkeypatch.setattr(pickups, "fetch", fetch)
    pickups.visit_due()

    assert now(place).due_at == NOON + 5 * MINUTE + 2 * MINUTE


def test_a_secret_of_a_key_that_is_named_no_more_is_told(pickup, settings):
    place = pickup("feed", ADDRESS, user="kna", secret="s3cret")
    settings.SECRET_KEY = "another key, and the first is named nowhere"

    pickups.visit(place.pk, at=NOON)

    assert "Write it anew" in now(place).problem


def test_what_was_left_is_told_until_a_visit_leaves_nothing(pickup, coming):
    place = pickup("feed", ADDRESS)
    coming(Came("a", None, {"n": 1}, "Mail 5 has 200 MB."), Came("b", b"b", {"n": 2}))

    assert pickups.visit(place.pk, at=NOON) == 1
    assert (now(place).problem, now(place).failures) == ("Mail 5 has 200 MB.", 0)
    coming(Came("", None, {"n": 2}))
    assert pickups.visit(place.pk, at=NOON) == 0
    assert now(place).problem == ""


def test_what_must_not_be_read_lies_in_quarantine(pickup, coming):
    place = pickup("imap", "imaps://mail.example/INBOX")
    coming(Came("5.eml", ninjs(), {"uid": 5}, "It is from nobody we know."))
    pickups.visit(place.pk, at=NOON)
    reading.read_waiting(at=NOON)

    raw = models.RawDelivery.objects.get()
    assert (raw.state, raw.reason) == ("quarantined", "5.eml: It is from nobody we know.")
    assert not models.WireItem.objects.exists()
    reading.retry_delivery(raw.pk, by="Ana", at=NOON)  # a person may know better
    assert models.WireItem.objects.count() == 1


def test_a_place_is_one_process_alone_until_its_lease_ends(pickup, coming):
    place = pickup("feed", ADDRESS)
    models.Pickup.objects.update(leased_until=NOON + MINUTE)
    coming(Came("a", b"a", {}))

    assert pickups.visit(place.pk, at=NOON) == pickups.visit_due(at=NOON) == 0
    assert pickups.visit_due(at=NOON + 2 * MINUTE) == 1


def test_a_long_visit_ends_and_is_gone_on_with_at_once(pickup, coming, monkeypatch):
    place = pickup("imap", "imaps://mail.example/INBOX")
    clock = iter([0.0, 1.0, 1.5, 25.0, 25.0, 26.0])
    monkeypatch.setattr(pickups, "monotonic", lambda: next(clock))
    coming(*(Came(f"{n}", f"{n}".encode(), {"uid": n}) for n in range(1, 9)))

    assert pickups.visit(place.pk, at=NOON) == 2
    assert (now(place).cursor, now(place).due_at) == ({"uid": 2}, NOON)


def test_a_visit_writes_down_where_it_is_while_it_goes_on(pickup, monkeypatch):
    place = pickup("imap", "imaps://mail.example/INBOX")
    monkeypatch.setattr(pickups, "SAVE_EVERY_S", -1.0)
    seen = []

    def fetch(place_, cursor):
        for n in (1, 2):
            yield Came(f"{n}", f"{n}".encode(), {"uid": n})
            seen.append(now(place).cursor)

    monkeypatch.setattr(pickups, "fetch", fetch)
    pickups.visit(place.pk, at=NOON)

    assert seen == [{"uid": 1}, {"uid": 2}]


@contextmanager
def changed_meanwhile(place, **fields):
    yield
    row = now(place)
    for name, value in fields.items():
        setattr(row, name, value)
    pickups.save_pickup(row, secret=None, by="Ana", at=NOON)


def test_a_visit_does_not_undo_what_an_editor_changed_meanwhile(pickup, monkeypatch):
    place = pickup("imap", "imaps://mail.example/INBOX")

    def fetch(place_, cursor):
        with changed_meanwhile(place, address="imaps://mail.example/News"):
            yield Came("1", b"1", {"uid": 900})

    monkeypatch.setattr(pickups, "fetch", fetch)
    pickups.visit(place.pk, at=NOON)

    assert (now(place).address, now(place).cursor) == ("imaps://mail.example/News", {})
    assert now(place).due_at == NOON


def test_another_address_begins_anew_and_the_same_goes_on(pickup, coming):
    place = pickup("feed", ADDRESS, user="kna", secret="one")
    coming(Came("a", b"a", {"etag": "1"}))
    pickups.visit(place.pk, at=NOON)
    row = now(place)
    row.every_s = 300
    pickups.save_pickup(row, secret=None, by="Ana", at=NOON + MINUTE)

    assert (now(place).cursor, now(place).due_at) == ({"etag": "1"}, NOON + MINUTE)
    assert pickups.place_of(now(place)).secret == "one"
    row.address += "?all"
    pickups.save_pickup(row, secret="", by="Ana")
    assert (now(place).cursor, now(place).sealed) == ({}, "")


@pytest.mark.parametrize(
    "fields",
    [
        {"address": "http://127.0.0.1:1/feed"},
        {"address": "https://127.0.0.1/feed"},
        {"address": "https://mine.example:1/feed"},
        {"user": "kna2"},
        {"kind": "pages"},
        {"options": {"host_key": "ssh-ed25519 BBBB"}},
        {"options": {"endpoint": "https://mine.example"}},
    ],
)
def test_the_stored_secret_is_told_to_nobody_else(pickup, monkeypatch, fields):
    monkeypatch.setattr(pickups, "problem_of", lambda *_: "")  # one kind stands for all
    place = pickup("feed", "https://127.0.0.1:1/feed", user="kna", secret="one")
    row = now(place)
    for name, value in fields.items():
        setattr(row, name, value)

    with pytest.raises(pickups.PickupRefused, match="written for another server"):
        pickups.save_pickup(row, secret=None, by="Ana", at=NOON)
    pickups.save_pickup(row, secret="two", by="Ana", at=NOON)
    assert pickups.place_of(now(place)).secret == "two"


def test_the_stored_secret_stays_where_only_the_folder_is_another(pickup):
    place = pickup("feed", ADDRESS, user="kna", secret="one")
    row = now(place)
    row.address, row.every_s = ADDRESS + "/more?x=1", 99
    pickups.save_pickup(row, secret=None, by="Ana", at=NOON)

    assert pickups.place_of(now(place)).secret == "one"
    models.Pickup.objects.update(address="once it was allowed")
    with pytest.raises(pickups.PickupRefused, match="written for another server"):
        pickups.save_pickup(row, secret=None, by="Ana", at=NOON)


def test_a_copy_of_a_place_has_no_secret_before_one_is_written(pickup):
    row = now(pickup("feed", ADDRESS, user="kna", secret="one"))
    row.pk, row.address = None, "https://mine.example/"
    pickups.save_pickup(row, secret=None, by="Ana", at=NOON)

    assert now(row).sealed == ""


def test_what_was_pasted_around_a_secret_is_not_part_of_it(pickup):
    place = pickup("feed", ADDRESS, secret=" \r\ntok-en\r\n")
    row = now(place)
    assert pickups.place_of(row).secret == "tok-en"
    row.sealed = pickups.seals.seal("\nearlier\n")  # stored before that was so
    assert pickups.place_of(row).secret == "earlier"

    with pytest.raises(pickups.PickupRefused, match="one line") as refused:
        pickups.save_pickup(row, secret="tok\nen", by="Ana", at=NOON)
    assert "tok" not in str(refused.value).replace("token", "")
    key = "-----BEGIN KEY-----\nAAAA\n-----END KEY-----"
    pickups.save_pickup(row, secret=f"\n{key}\n", by="Ana", at=NOON)
    assert pickups.place_of(now(place)).secret == key


@pytest.mark.parametrize(
    ("fields", "field", "problem"),
    [
        ({"address": "ftp://agency.example/x"}, "address", "does not begin with https://"),
        ({"every_s": 3}, "every_s", "3 seconds is too often"),
        ({"options": {"hostkey": "x"}}, "options", "'hostkey' is not known here. Known: nothing."),
    ],
)
def test_settings_that_cannot_be_are_refused(pickup, fields, field, problem):
    with pytest.raises(pickups.PickupRefused, match=problem) as refused:
        pickup("feed", fields.pop("address", ADDRESS), **fields)

    assert list(refused.value.problems) == [field]
    assert not models.Pickup.objects.exists()


def test_secrets_are_sealed_anew_with_the_key_of_now(pickup, settings):
    lost = pickup("feed", ADDRESS + "0", user="kna", secret="lost")
    models.Pickup.objects.update(sealed="under a key that is named no more")
    place = pickup("feed", ADDRESS, user="kna", secret="s3cret")
    pickup("feed", ADDRESS + "2")
    assert "s3cret" not in now(place).sealed
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the newer key"

    assert [pickups.reseal(), pickups.reseal()] == [1, 0]
    settings.SECRET_KEY_FALLBACKS = []
    assert pickups.place_of(now(place)).secret == "s3cret"
    assert now(lost).sealed == "under a key that is named no more"
    assert pickups._reseal(0) is False  # removed meanwhile
    settings.SECRET_KEY = "a third"
    with pytest.raises(sealing.Unreadable):
        pickups.place_of(now(place))
