"""Which page of a list an address asks for."""

LAST_PAGE = 1000  # a list ends here for readers; the archive has its own pages


def page_number(text: str) -> int | None:
    """A page number as we write it ourselves, 1 to LAST_PAGE; anything else is no page."""
    number = int(text) if text.isascii() and text.isdigit() and not text.startswith("0") else 0
    return number if 1 <= number <= LAST_PAGE else None
