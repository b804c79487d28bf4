"""What the dead wrote down is read by the living, and what they have in hand is left to them."""

from dateline.mail.adapters import journal
from dateline.mail.adapters.journal import Journal, left_behind, machine_id
from dateline.mail.domain.states import Fate


def died(made):
    """What `kill -9` does to a process's lock."""
    made.let_go()


def test_what_was_handed_over_and_not_answered_stands_out(tmp_path):
    made = Journal(tmp_path)
    for number in (1, 2, 3, 4, 5):
        made.handing(number)
    made.settled(1, Fate.SENT, "250 2.0.0 kept\nas 7")
    made.settled(2, None, "450 later")
    made.settled(3, Fate.REFUSED, "")
    made.taken_back(4)
    made.sync()
    assert list(left_behind(tmp_path)) == []
    died(made)
    with made.path.open("ab") as file:
        file.write(b"S 6")  # torn: its mail was not handed over yet

    (left,) = left_behind(tmp_path)

    assert left.name == made.name
    assert left.name.startswith(f"{machine_id(tmp_path)}-")
    assert left.is_whole
    assert left.handed == {5}
    assert left.settled == {
        1: (Fate.SENT, "250 2.0.0 kept as 7"), 2: (None, "450 later"), 3: (Fate.REFUSED, ""),
    }  # fmt: skip
    assert list(left_behind(tmp_path)) == []  # one reads at a time
    left.let_go()
    (left,) = left_behind(tmp_path)
    left.end()
    assert list(left_behind(tmp_path)) == []


def test_after_a_power_cut_the_journal_may_lack_its_end(tmp_path, monkeypatch):
    died(Journal(tmp_path))
    (tmp_path / "another").write_text("of the boot before")
    monkeypatch.setattr(journal, "BOOT_ID", tmp_path / "another")

    (left,) = left_behind(tmp_path)

    assert not left.is_whole
    left.end()


def test_a_system_that_tells_no_boot_has_one_boot(tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "BOOT_ID", tmp_path / "none")
    died(Journal(tmp_path))

    (left,) = left_behind(tmp_path)

    assert left.is_whole
    left.end()


def test_a_journal_that_goes_while_it_is_looked_for_is_no_trouble(tmp_path, monkeypatch):
    (tmp_path / "x.journal").symlink_to(tmp_path / "gone")

    assert list(left_behind(tmp_path)) == []
