"""Links that hand a story on: plain addresses, so that nothing of anybody else is loaded."""

from urllib.parse import quote

# (name, address): what follows is the story's link, or its headline and link.
LINKS = (
    ("LINE", "https://social-plugins.line.me/lineit/share?url={url}"),
    ("X", "https://x.com/intent/post?text={title}&url={url}"),
    ("Bluesky", "https://bsky.app/intent/compose?text={title}%20{url}"),
    ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    ("WhatsApp", "https://wa.me/?text={title}%20{url}"),
)
MAIL = "mailto:?subject={title}&body={url}"


def share_links(url: str, title: str) -> list[tuple[str, str]]:
    """Return (service, address) for a story at `url`; both texts are escaped for an address."""
    return [(name, _filled(address, url, title)) for name, address in LINKS]


def mail_link(url: str, title: str) -> str:
    """Return the address that opens a mail with the story's link (RFC 6068)."""
    return _filled(MAIL, url, title)


def _filled(address: str, url: str, title: str) -> str:
    return address.format(url=quote(url, safe=""), title=quote(title, safe=""))
