"""A pretend provider that really answers on 127.0.0.1, and the ways of a browser to it and back."""

import http.client
import threading
from contextlib import contextmanager
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from lxml import html

from dateline.accounts.domain import providers
from dateline.demo.domain.pretend import APP, SECRET, Pretend
from dateline.demo.services import pretending, starting
from tests.factories.people import ACCOUNT

HOME = f"http://{ACCOUNT}:8000"
APPLE_KEY = ec.generate_private_key(ec.SECP256R1())
KEYS = ("facebook", "google", "apple", "oidc")


@contextmanager
def running():
    """The provider, answering until the block ends."""
    listener = starting.open_here()
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    pretend = Pretend(base, HOME, apple_public_key=APPLE_KEY.public_key())
    server = pretending.PretendServer(listener, pretend)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield pretend
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def set_up(pretend):
    """The settings of all four kinds, at this provider."""
    key = APPLE_KEY.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
    return (
        providers.facebook(APP, SECRET, at=pretend.base),
        providers.google(APP, SECRET, at=pretend.base),
        providers.apple(APP, team="TEAM", key_id="KEY", private_key=key, at=pretend.base),
        providers.openid("Harbour ID", APP, SECRET, issuer=f"{pretend.base}/oidc"),
    )


def leave_for(browser, key, next_="/"):
    """Press the provider's button on the log-in page; return where the browser is sent."""
    browser.go(f"{ACCOUNT}/login/?{urlencode({'next': next_})}")
    browser.send(action=f"/with/{key}/", follow=False)
    return browser.answer["Location"]


def ask(url, data=None):
    """What the provider answers to a real request: status, headers, text."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        method, body = ("GET", None) if data is None else ("POST", urlencode(data))
        connection.request(method, f"{parts.path}?{parts.query}", body, form if data else {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        connection.close()


def agree(url, uid="1001"):
    """Choose somebody on the provider's page; where that leads, and what is posted there."""
    _, headers, text = ask(url, {"as": uid})
    if headers["Location"]:
        return headers["Location"], None
    form = html.document_fromstring(text).cssselect("form")[0]
    fields = {one.get("name"): one.get("value") for one in form.cssselect("input")}
    return form.get("action"), fields


def come_from(browser, key, uid="1001", next_="/"):
    """All the way to a provider and back, as somebody there."""
    to, fields = agree(leave_for(browser, key, next_), uid)
    return browser.go(to, data=fields)


def asked_in(url):
    """The query of an address, each once."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
