"""Which titles a host's block may list: of its language first, then those most can read."""

WIDELY_READ = "en"


def is_listed(host: str, sister: str) -> bool:
    """Whether a host with this language lists stories of a title with that one (BCP 47 tags)."""
    return sister == host or sister.startswith(WIDELY_READ)
