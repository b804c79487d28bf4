"""Static files under names that hold a hash of their content."""

from typing import Any

import brotli
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# The best setting takes a second a megabyte to save a twentieth. Readers' files are all smaller
# than this; the desk's own are what the first start would wait for.
SMALL_BYTES = 64 * 1024
BEST, GOOD = 11, 9


class QuickCompressor(Compressor):
    """WhiteNoise's, with less effort on large files."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        """Brotli (RFC 7932): as small as it goes up to SMALL_BYTES, nearly so above."""
        return bytes(brotli.compress(data, quality=BEST if len(data) <= SMALL_BYTES else GOOD))


class HashedStatic(CompressedManifestStaticFilesStorage):
    """Names from the manifest; plain names where nothing has been collected (tests, tools)."""

    def create_compressor(self, **kwargs: Any) -> QuickCompressor:
        """Return what makes the .br and .gz beside each file."""
        return QuickCompressor(**kwargs)

    def stored_name(self, name: str) -> str:
        """Return the hashed name; an unknown name is an error once there is a manifest."""
        if not self.hashed_files:
            return str(name)
        return str(super().stored_name(name))
