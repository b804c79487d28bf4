"""Which site does this request belong to? The host decides, from rows, not from settings."""

import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

from dateline.accounts.domain.ways import ACCOUNT, DESK
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads import queries as mastheads
from dateline.project import outage

log = structlog.get_logger("dateline.database")

READER_URLS = "dateline.project.reader_urls"
ACCOUNT_URLS = "dateline.project.account_urls"
NETWORK_URLS = "dateline.project.network_urls"
URLS = {"account": ACCOUNT_URLS, "masthead": READER_URLS, "network": NETWORK_URLS}
PLACES = {"desk": DESK, "account": ACCOUNT}
# A site that is changed behind the desk's back answers everywhere within this many seconds.
REMEMBER_S = 1.0
REMEMBER_AT_MOST = 256
REFUSED = "This host belongs to no site of this network.\n"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request belongs: `kind` is desk, account, masthead, network or unknown."""

    kind: str
    masthead: Any = None

    @property
    def name(self) -> str:
        """What a session of this host is bound to; empty where nobody can be signed in."""
        return self.masthead.slug if self.masthead else PLACES.get(self.kind, "")


class HostRouting:
    """Sets `request.masthead`, `request.place` and the URLs that the host may reach.

    `place` is what sessions and hand-overs are bound to: a masthead's slug, `:desk` or `:account`.
    Unknown hosts are refused (421).

    The answer of the database is kept for one second a host in this process, and never beyond the
    next purge: a page that is rendered after a purge is built from nothing that was read before.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.known: dict[str, tuple[float, int | None, Place]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.masthead = None  # type: ignore[attr-defined]
        request.place = ""  # type: ignore[attr-defined]
        try:
            host = bare_host(request.get_host())
        except DisallowedHost:
            return _refusal(400)
        place = self.place_or_none(host)
        if place is None:
            request.urlconf = READER_URLS  # the desk's host needs no database to be known
            return outage.answer(request)
        edge.depend(keys.network())  # which host is whose
        if place.kind == "unknown":
            return _refusal(421)
        request.place = place.name  # type: ignore[attr-defined]
        if place.kind == "desk":
            return self.get_response(request)
        request.urlconf = URLS[place.kind]
        request.masthead = place.masthead  # type: ignore[attr-defined]
        if place.masthead is None:
            return self.get_response(request)
        edge.depend(keys.chrome(place.masthead.id))
        with translation.override(place.masthead.language):
            return self.get_response(request)

    def place_or_none(self, host: str) -> Place | None:
        """Find out where `host` belongs, or None while the database does not answer."""
        if outage.READERS and host not in _desk_hosts():
            return None
        try:
            return self.place(host)
        except outage.UNAVAILABLE as error:
            outage.READERS.note()
            log.warning("database_unavailable", host=host, error=str(error))
            return None

    def place(self, host: str) -> Place:
        """Find out where `host` (lower case, no port) belongs; remembered for a second."""
        now, sequence = time.monotonic(), edge.sequence()  # the sequence first: see edge.purge
        kept = self.known.get(host)
        if kept and now - kept[0] < REMEMBER_S and kept[1] == sequence:
            return kept[2]
        place = find(host)
        if len(self.known) >= REMEMBER_AT_MOST:
            self.known.clear()  # somebody is trying names; the real ones are back in one query each
        self.known[host] = (now, sequence, place)
        return place


def find(host: str) -> Place:
    """Ask the settings, then the database, where `host` belongs."""
    if host in _desk_hosts():
        return Place("desk")
    if host in _hosts("account"):
        return Place("account")
    if masthead := mastheads.by_host(host) or _by_demo_host(host):
        return Place("masthead", masthead)
    if host in {settings.DATELINE_NETWORK_DOMAIN, settings.DATELINE_DEMO_DOMAIN} or is_local(host):
        return Place("network")
    return Place("unknown")


def bare_host(host: str) -> str:
    """Host in lower case, without port and closing dot: `Post.Example.:80` → `post.example`."""
    name = host.lower()
    if not name.endswith("]"):  # [::1] has no port
        name = name.rsplit(":", 1)[0] if ":" in name else name
    return name.rstrip(".")


def is_local(host: str) -> bool:
    """Whether `host` can only mean this machine: localhost, a name below it, a loopback address."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _desk_hosts() -> set[str]:
    return _hosts("desk")


def _hosts(label: str) -> set[str]:
    domains = {settings.DATELINE_NETWORK_DOMAIN, settings.DATELINE_DEMO_DOMAIN} - {""}
    return {f"{label}.{domain}" for domain in domains}


def _by_demo_host(host: str) -> Any:
    domain = settings.DATELINE_DEMO_DOMAIN
    if not domain or not host.endswith(f".{domain}"):
        return None
    label = host.removesuffix(f".{domain}")
    return next((m for m in mastheads.all_mastheads() if _label(m.host) == label), None)


def _label(host: str) -> str:
    return host.partition(".")[0]


def origin_of(host: str) -> str:
    """Where readers reach `host`: `scheme://host[:port]`, on the demo domain when one is set."""
    if domain := settings.DATELINE_DEMO_DOMAIN:
        host = f"{_label(host)}.{domain}"
    return settings.CONFIG.origin(host)


def _refusal(status: int) -> HttpResponse:
    return HttpResponse(REFUSED, status=status, content_type="text/plain; charset=utf-8")
