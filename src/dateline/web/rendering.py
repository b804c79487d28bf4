"""Draw a reader page and answer with it: language, time zone, ETag, what every page is given."""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template import loader
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response

from dateline.fronts.queries import pinned
from dateline.mastheads.domain.site import Site
from dateline.standing.domain.words import words_for as standing_words
from dateline.web.domain.frame_words import frame_words_for
from dateline.web.domain.lite import POLICY, STYLE, twin
from dateline.web.domain.lite_words import lite_words_for
from dateline.web.domain.meta import Meta
from dateline.web.domain.palette import palette
from dateline.web.domain.words import words_for
from dateline.web.sheets import sheet
from dateline.web.twins import DRAWN, NOTICES, root_of

LOOKS = ("daily", "magazine", "guide", "weekly")
JAPANESE = "ja"
TEXT_ONLY, ERROR = "lite/", "error"


def site_of(request: HttpRequest) -> Site:
    """The masthead that was asked, as the host named it."""
    site: Site = request.masthead  # type: ignore[attr-defined]  # set by project.hosts
    return site


def draw(
    request: HttpRequest,
    site: Site,
    kind: str,
    *,
    meta: Meta,
    at: datetime,
    network: list[Site],
    status: int = 200,
    **context: Any,
) -> HttpResponseBase:
    """Answer with the page `web/<kind>.html` in the masthead's language and time zone.

    HTML is revalidated each time (`no-cache`) and answers 304 to the ETag it gave. In an emergency
    every page is text only. The page of an error asks the database nothing, not even for that.
    """
    preview = bool(context.get("preview"))
    root = None if preview else root_of(request, site)
    plain = kind.startswith(TEXT_ONLY) or root is not None
    if kind in DRAWN and not preview:
        meta = _twinned(meta, request, root)
    everything = {
        **frame(site, preview=preview), **_around(site, root, plain=plain), "page_kind": kind,
        "meta": meta, "now": at, "network": network,
        "alarm": None if kind == ERROR else pinned(site), **context,
    }  # fmt: skip
    with translation.override(site.language), timezone.override(ZoneInfo(site.time_zone)):
        html = loader.render_to_string(_template(kind, root), everything, request)
    response = HttpResponse(html, status=status)
    response["Cache-Control"] = "no-cache"
    response["Content-Language"] = site.language
    ok = status == HttpResponse.status_code
    answer = revalidated(request, response) if ok else response
    if plain:
        answer.headers["Content-Security-Policy"] = POLICY
    return answer


def _template(kind: str, root: str | None) -> str:
    has_text = root is not None and kind in DRAWN | NOTICES
    return f"web/lite/of/{kind}.html" if has_text else f"web/{kind}.html"


def _twinned(meta: Meta, request: HttpRequest, root: str | None) -> Meta:
    """`meta` of a page with a twin: each leads to the other.

    Pages of a list are shorter as text, so its twins all belong to the first page.
    """
    if root:
        return replace(meta, canonical=meta.canonical.partition("?")[0])
    return meta if meta.lite or root is not None else replace(meta, lite=twin(request.path))


def _around(site: Site, root: str | None, *, plain: bool) -> dict[str, Any]:
    """What the frame of a page without pictures, scripts and sheets is given besides."""
    if not plain:
        return {"plain": False}
    return {
        "plain": True, "style": STYLE, "root": root or "", "f": frame_words_for(site.language),
        "s": standing_words(site.language), "t": lite_words_for(site.language),
    }  # fmt: skip


def revalidated(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """`response` with an ETag of its content, or 304 where the reader has that very content.

    Never by date alone: a list that lost a killed story is not newer, but it is another list.
    """
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag, None, response) or response


def frame(site: Site, *, preview: bool = False) -> dict[str, Any]:
    """What the frame of every page of a masthead is given.

    A preview is drawn on the desk's host, which serves each masthead's look below `/preview/`.
    """
    base = f"/preview/{site.slug}/" if preview else "/"
    return {
        "site": site,
        "w": words_for(site.language),
        "look_url": f"{base}look.css?v={look_version(site)}",
        "fonts": fonts(site),
    }


def look_of(site: Site) -> str:
    """The look a masthead is drawn in; an unknown one is drawn in the first."""
    return site.look if site.look in LOOKS else LOOKS[0]


def fonts(site: Site) -> list[str]:
    """The two fonts above the fold; Japanese text is set in the reader's own."""
    if site.language.startswith(JAPANESE):
        return []
    look = look_of(site)
    return [f"web/fonts/{look}-display.woff2", f"web/fonts/{look}-text.woff2"]


def look_css(site: Site, *, base: str = "/") -> str:
    """The sheet of the masthead's look, then its own colours and wordmark, for light and dark.

    `base` is the path below which the wordmark is served.
    """
    return _set(site, sheet(look_of(site))) + _tokens_css(site, base=base)


def _set(site: Site, css: str) -> str:
    """CSS in which rare letters too come at once or with the next page, where no font is preloaded.

    Figures and Latin names among Japanese would move the lines when they are set again.
    """
    late = not fonts(site)
    return css.replace("font-display: swap", "font-display: optional") if late else css


def _tokens_css(site: Site, *, base: str) -> str:
    t = site.tokens
    light = palette(ink=t.ink, paper=t.paper, accent=t.accent)
    dark = palette(ink=t.ink_dark, paper=t.paper_dark, accent=t.accent_dark)
    named = f"{base}wordmark.svg?v={wordmark_version(site)}"
    wordmark = f'--wordmark:url("{named}");' if site.wordmark_url else ""
    return (
        f"@layer look{{:root{{{wordmark}{_properties(light)}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{_properties(dark)}}}}}"
        f"@media print{{:root{{--ink:#000;--paper:#fff;--muted:#444;--accent-text:#000}}}}}}"
    )


def look_version(site: Site) -> str:
    """Changes whenever the masthead's stylesheet does."""
    return hashlib.sha256(look_css(site).encode()).hexdigest()[:12]


def wordmark_version(site: Site) -> str:
    """Changes whenever the masthead's wordmark does: each is stored under a name of its own."""
    return hashlib.sha256(site.wordmark_url.encode()).hexdigest()[:12]


def _properties(colours: Any) -> str:
    names = colours.__slots__
    return "".join(f"--{name.replace('_', '-')}:{getattr(colours, name)};" for name in names)
