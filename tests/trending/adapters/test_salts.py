"""The salt of a day: one for all processes, for nobody else, and not for long."""

from concurrent.futures import ThreadPoolExecutor

from dateline.trending.adapters.salts import day_of, salt_of


def test_all_processes_of_a_day_have_one_salt(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: salt_of(tmp_path / "b", "2026-11-29"), range(40)))

    assert len(found) == 1
    assert len(found.pop()) == 32
    assert [path.name for path in (tmp_path / "b").glob("salt*")] == ["salt-2026-11-29"]


def test_it_is_its_owner_s_only_and_gone_the_day_after(tmp_path):
    first = salt_of(tmp_path, "2026-11-29")
    assert (tmp_path / "salt-2026-11-29").stat().st_mode & 0o777 == 0o600

    assert salt_of(tmp_path, "2026-11-30") != first
    assert [path.name for path in tmp_path.glob("salt*")] == ["salt-2026-11-30"]


def test_one_that_a_crash_cut_short_is_made_anew(tmp_path):
    (tmp_path / "salt-2026-11-29").write_bytes(b"short")

    assert len(salt_of(tmp_path, "2026-11-29")) == 32
    assert len((tmp_path / "salt-2026-11-29").read_bytes()) == 32


def test_where_nothing_can_be_written_readers_are_told_apart_all_the_same(tmp_path, logged):
    (tmp_path / "file").write_text("")

    first = salt_of(tmp_path / "file", "2026-11-29")

    assert len(first) == 32
    assert salt_of(tmp_path / "file", "2026-11-29") != first
    assert "beacon_salt_not_kept" in logged()


def test_a_day_is_a_day_in_utc():
    assert [day_of(1_795_996_799), day_of(1_795_996_800)] == ["2026-11-29", "2026-11-30"]
