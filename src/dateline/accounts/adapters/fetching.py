"""Ask providers: only hosts that are set up, without redirects, with time-outs and a size limit."""

from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings

CONNECT_S, READ_S = 3.05, 5.0
LARGEST = 256 * 1024  # bytes; a key set has three thousand


class FetchRefused(requests.RequestException):
    """An address that we do not ask, or an answer that we do not take."""


class ConfiguredHosts(requests.Session):
    """A session that speaks to the hosts of the providers that are set up, and to no other.

    A discovery document that names another host leads nowhere; neither does a redirect.
    """

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False  # no proxy and no password of the machine's environment
        self.headers["Accept-Encoding"] = "identity"  # what is small here is small there

    def send(self, request: requests.PreparedRequest, **given: Any) -> requests.Response:
        """Send a request; the body, at most 256 KiB, is read before this returns.

        Raises:
            FetchRefused: a host that is not set up, a redirect, an answer that is too large.
            requests.RequestException: no answer within about eight seconds, or a broken one.

        """
        host = urlsplit(request.url or "").netloc
        if host not in _hosts():
            raise FetchRefused(f"{host} is no host of a provider that is set up.")
        given |= {"timeout": (CONNECT_S, READ_S), "allow_redirects": False, "stream": True}
        with super().send(request, **given) as response:
            if response.is_redirect:
                raise FetchRefused(f"{host} answers with a redirect, which is not followed.")
            body = response.raw.read(LARGEST + 1)
        if len(body) > LARGEST:
            raise FetchRefused(f"{host} answers with more than {LARGEST} bytes.")
        response.raw = BytesIO(body)
        return response


def ask(url: str, *, params: dict[str, str] | None = None, bearer: str = "") -> dict[str, Any]:
    """The JSON object at `url`.

    Raises:
        requests.RequestException: as `ConfiguredHosts.send`; also where it is no object.

    """
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    with ConfiguredHosts() as session:
        response = session.get(url, params=params, headers=headers)
        found = response.json()
    if response.status_code != HTTPStatus.OK or not isinstance(found, dict):
        host = urlsplit(url).netloc
        raise FetchRefused(f"{host} answers {response.status_code}, or no JSON object.")
    return found


def _hosts() -> frozenset[str]:
    return frozenset().union(*(one.fetched for one in settings.DATELINE_LOGIN_PROVIDERS))
