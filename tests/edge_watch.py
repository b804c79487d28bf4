"""Watch which tags are purged, and how: by the real counters, asked before and after."""

from contextlib import contextmanager

from dateline.edge import services as edge


@contextmanager
def purged(commits):
    """A set that fills with (tag, mode) of every purge inside; `commits` runs what follows them."""
    found = set()
    really = edge.purge

    def seen(tags, *, mode=edge.Mode.HARD, cause):
        rows = list(tags)
        found.update((tag, mode.name) for tag in rows)
        assert cause
        return really(rows, mode=mode, cause=cause)

    edge.purge = seen
    try:
        with commits(execute=True):
            yield found
    finally:
        edge.purge = really
