"""Where the account host's pages lead to in a demo, besides."""

from django.http import HttpRequest

from dateline.accounts.domain.ways import ACCOUNT
from dateline.demo import queries


def mailbox(request: HttpRequest) -> dict[str, str]:
    """The address of the mailbox; nothing on other hosts, and nothing outside of a demo."""
    on_account_host = getattr(request, "place", "") == ACCOUNT
    return {"mailbox_url": "/mailbox/"} if on_account_host and queries.is_demo() else {}
