"""How a front is put together from its settings."""

from dateline.project.config import Config
from dateline.project.front.__main__ import fills


def test_the_cache_is_made_as_the_settings_say(tmp_path):
    log = tmp_path / "access.log"
    config = Config(
        data_dir=tmp_path, edge_mb=64, access_log=log, scheme="https",
        edge_outer="varnish+http://127.0.0.1:1", trusted_proxies="10.0.0.0/8",
    )  # fmt: skip

    made = fills(config, None, b"token", "release")

    assert (made.scheme, made.token) == ("https", b"token")
    assert made.hits.limit_bytes == 16 * 1024 * 1024
    assert made.hits.access.path == log
    assert made.hits.tells_outer
    assert made.hits.trusted == config.trusted_proxies
    assert made.hits.directory == tmp_path / "edge"
    made.store.close()


def test_without_settings_there_is_no_log_and_nothing_for_outer_caches(tmp_path):
    made = fills(Config(data_dir=tmp_path), None, b"", "")

    assert made.hits.access is None
    assert not made.hits.tells_outer
    made.store.close()


def test_there_may_be_no_cache(tmp_path):
    assert fills(Config(data_dir=tmp_path, edge="off"), None, b"", "") is None
    assert not (tmp_path / "edge").exists()


def test_where_the_counters_cannot_be_used_every_page_is_rendered(tmp_path, logged):
    (tmp_path / "edge").write_text("a file where the folder should be")

    assert fills(Config(data_dir=tmp_path), None, b"", "") is None
    assert "edge_unavailable" in logged()
