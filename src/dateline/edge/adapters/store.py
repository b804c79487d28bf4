"""The pages themselves: one LMDB file that all fronts share. Disposable by design."""

from pathlib import Path

from dateline.edge.domain.page import StoredPage


class PageStore:
    """Pages by key. No method raises: what cannot be read is not there, what cannot be kept is not.

    Open it once a process, after the fork.
    """

    @classmethod
    def open(cls, directory: Path, *, size_mb: int, generation: str) -> "PageStore":
        """Open the store below `directory`; one of another `generation` is dropped."""
        raise NotImplementedError

    def get(self, key: bytes) -> StoredPage | None:
        """Return the page stored under `key` (32 bytes), or None."""
        raise NotImplementedError

    def put(self, key: bytes, page: StoredPage) -> bool:
        """Keep a page; the oldest leave when there is no room. False when it was not kept."""
        raise NotImplementedError

    def lease(self, key: bytes, seconds: float) -> bool:
        """Take the right to render `key` for some seconds; False when a living front has it."""
        raise NotImplementedError

    def release(self, key: bytes) -> None:
        """Give the right back, where this process has it."""
        raise NotImplementedError

    def drop(self) -> None:
        """Forget every page."""
        raise NotImplementedError
