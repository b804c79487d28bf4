"""Somebody's browser before the whole network: cookies of each host, redirects, forms."""

import re
from importlib import import_module
from urllib.parse import urljoin, urlsplit

from allauth.mfa.totp import internal
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from lxml import html

from dateline import clock
from dateline.accounts.models import NetworkLogin
from dateline.accounts.services import sessions
from dateline.accounts.services.people import create_person

APP = import_module(f"{internal.__name__}.auth")  # what an authenticator app computes with
PASSWORD = "harbour-ferry-7"
ACCOUNT, DESK = "account.localhost", "desk.localhost"


def a_reader(email="rieko@example.test", **fields):
    """Somebody who can sign in, with a confirmed address."""
    return create_person(email=email, password=PASSWORD, **fields)


def an_editor_of_the_desk(email="ed@example.test", **fields):
    """Somebody of the newsroom who may do everything."""
    return create_person(email=email, password=PASSWORD, superuser=True, **fields)


def a_session(person, place):
    """The key of a session of somebody who is signed in at `place`: a masthead's slug or `:desk`."""
    login = NetworkLogin.objects.create(
        user=person, began_at=clock.now(), agent="", auth_hash=sessions.hash_of(person)
    )
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), sessions.BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[sessions.LOGIN], session[sessions.PLACE] = str(login.pk), place
    session.create()
    return session.session_key


class Browser:
    """Goes where it is sent, as browsers do. `url`, `status` and `page` are where it arrived.

    `hops` are the addresses of the last way there.
    """

    def __init__(self, address="203.0.113.7"):
        self.address = address
        self.clients = {}
        self.hops = []

    def client(self, host):
        """What this browser keeps for one host."""
        if host not in self.clients:
            self.clients[host] = Client(REMOTE_ADDR=self.address)
        return self.clients[host]

    def go(self, url, *, follow=True, data=None, **headers):
        """Ask for an address (`host/path` or in full), and follow where it leads."""
        self.hops = []
        url = url if "://" in url else f"http://{url}"
        for _ in range(10):
            answer = self._ask(url, data, headers)
            self.hops.append(url)
            if not (follow and 300 <= answer.status_code < 400):
                break
            url = absolute(url, answer["Location"])
            data = None
        self.answer, self.url, self.status = answer, url, answer.status_code
        return self

    def _ask(self, url, data, headers):
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        client, given = self.client(parts.hostname), {"host": parts.netloc, **headers}
        if data is None:
            return client.get(path, headers=given)
        return client.post(path, data, headers=given)

    @property
    def page(self):
        """The HTML it arrived at."""
        return html.document_fromstring(self.answer.content)

    @property
    def title(self):
        """The first heading."""
        return " ".join(self.page.cssselect("h1")[0].text_content().split())

    @property
    def path(self):
        """Where it arrived, without scheme and query."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}{parts.path}"

    def says(self, words):
        """Whether the page holds these words."""
        return words in " ".join(self.page.text_content().split())

    def send(self, action=None, follow=True, **fields):
        """Fill in the first form that has these fields (or leads to `action`), and send it."""
        form = next(
            form
            for form in self.page.cssselect("form")
            if set(fields) <= {one.get("name") for one in form.cssselect("[name]")}
            and (action is None or urlsplit(form.get("action") or "").path == action)
        )
        data = {
            one.get("name"): one.get("value") or ""
            for one in form.cssselect("input[name]")
            if one.get("type") not in {"checkbox", "radio"}
        }
        to = absolute(self.url, form.get("action") or self.url)
        return self.go(to, data=data | fields, follow=follow)

    def sign_in(self, host, email="rieko@example.test", password=PASSWORD):
        """Sign in through the door of a site, and join it where that is asked."""
        path = "/login/" if host == DESK else "/account/"
        self.go(f"{host}{path}").send(login=email, password=password)
        if self.path == f"{ACCOUNT}/join/":
            self.send(**({"name": "Rieko A."} if self.page.cssselect("#id_name") else {}))
        return self

    def me(self, host="musashi.localhost"):
        """What a page of a site is told about who reads it."""
        return self.client(host).get("/me", headers={"host": host}).json()


def absolute(base, location):
    """An address as a browser understands it, seen from another."""
    return urljoin(base, location)


def code_in(letter):
    """The one-time code of a letter."""
    return re.search(r"\b([A-Z]{4}-[A-Z]{4})\b", letter.body)[1]
