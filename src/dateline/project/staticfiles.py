"""Static files under names that hold a hash of their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatic(CompressedManifestStaticFilesStorage):
    """Names from the manifest; plain names where nothing has been collected (tests, tools)."""

    def stored_name(self, name: str) -> str:
        """Return the hashed name; an unknown name is an error once there is a manifest."""
        if not self.hashed_files:
            return str(name)
        return str(super().stored_name(name))
