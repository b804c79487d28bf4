"""What every page of the account host is given."""

from typing import Any

from django.http import HttpRequest

from dateline.accounts import queries
from dateline.accounts.domain.ways import ACCOUNT
from dateline.accounts.domain.words import words_for


def account_page(request: HttpRequest) -> dict[str, Any]:
    """Words, providers, and the masthead one came from; nothing at all on other hosts."""
    if getattr(request, "place", "") != ACCOUNT:
        return {}
    site = request.came_from  # type: ignore[attr-defined]  # set by the middleware
    return {
        "a": words_for(request.LANGUAGE_CODE),
        "language": request.LANGUAGE_CODE,
        "paper": site,
        "providers": queries.providers(),
        "look_url": f"/preview/{site.slug}/look.css" if site else "",
    }
