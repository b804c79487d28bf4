"""What a page says in the place of a story that was here: why, since when, and by whose demand."""

from typing import Any

from django.http import HttpResponseBase

from dateline.mastheads.domain.site import Site
from dateline.stories.domain.gate import Closed
from dateline.stories.domain.pages import Gone
from dateline.web.domain.legal_words import legal_words_for, sentence
from dateline.web.domain.words import words_for

NOTICES = {
    Closed.KILLED: "gone_killed",
    Closed.EXPIRED: "gone_expired",
    Closed.RIGHTS_EXPIRED: "gone_expired",
}
WHO_WE_ARE = "/imprint/"


def told(site: Site, found: Gone) -> dict[str, Any]:
    """What the templates `gone` and `lite/notice` are given; nothing of the story is in it."""
    w, demand = words_for(site.language), found.demand
    if demand is None:
        notice = NOTICES.get(found.closed, "gone_withdrawn")
        title, text = w[notice], w[f"{notice}_text"]
        return {"title": title, "text": text, "gone_at": found.at, "demand": None}
    d = legal_words_for(site.language)
    return {
        "title": d["title"], "text": sentence(demand, site.language), "gone_at": found.at,
        "demand": demand, "ground": d[demand.ground], "d": d,
        "blocked_by": d["blocked_by"].format(site.name),
    }  # fmt: skip


def linked(response: HttpResponseBase, site: Site, found: Gone) -> HttpResponseBase:
    """An answer 451 also says for programs who blocks (RFC 7725, section 4): we do, at our host."""
    if found.demand:
        response.headers["Link"] = f'<{site.origin}{WHO_WE_ARE}>; rel="blocked-by"'
    return response
