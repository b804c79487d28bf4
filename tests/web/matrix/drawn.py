"""Every kind of page as its reader gets it, in each language, full and empty; asked once for all."""

from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client, override_settings
from django.test.signals import template_rendered

from dateline import clock
from dateline.fronts.domain.alarm import Level
from dateline.mastheads import queries as mastheads
from dateline.search.domain.index import EngineAway
from dateline.stories.queries import reading, searching
from dateline.web import finding
from tests.factories import providers
from tests.factories.people import a_session
from tests.factories.people import an_editor_of_the_desk as an_editor
from tests.web.kept import forget_what_was_made
from tests.web.matrix import newspaper, people, signing_in
from tests.web.matrix.kinds import ACCOUNT, DESK, DOORS, OF_TITLES
from tests.web.matrix.newspaper import NOW, SAKI

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass(frozen=True, kw_only=True)
class Page:
    """One answer: what was asked, of what kind it is, and what came."""

    kind: str
    language: str
    state: str
    host: str
    path: str
    status: int
    body: bytes

    @property
    def name(self):
        """For people who look for it, and for files."""
        return f"{self.kind}.{self.language}.{self.state}"


class Drawn:
    """All pages, and the templates that drew them."""

    def __init__(self):
        self.pages = {}
        self.templates = set()
        self.looks = {}

    def keep(self, kind, title, answer, path, host=""):
        """Put an answer with the others, if it is the page that it must be."""
        assert answer["Content-Type"] == "text/html; charset=utf-8", f"{kind} of {title.slug}"
        page = Page(
            kind=kind, language=title.language, state=title.state, host=host or title.host, path=path,
            status=answer.status_code, body=b"".join(answer),
        )  # fmt: skip
        assert page.name not in self.pages, f"{page.name} is drawn twice"
        self.pages[page.name] = page

    def note(self, template, **_):
        """Remember that a template was used."""
        if template.name:
            self.templates.add(template.name)


def draw():
    """Lay out four titles and ask for every page of every kind."""
    drawn = Drawn()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        cache.clear()
        forget_what_was_made()
        template_rendered.connect(drawn.note, weak=False)
        try:
            titles = newspaper.lay_out()
            for title in titles.values():
                people.meet(title)
                _keep_looks(drawn, title)
            with providers.running() as pretend:
                logins = {"DATELINE_LOGIN_PROVIDERS": providers.set_up(pretend)}
                with override_settings(**logins):
                    for title in titles.values():
                        signing_in.walk(partial(_keep_door, drawn, title), title)
            for during, begin in DURING.items():
                with ExitStack() as meanwhile:
                    begin(meanwhile)
                    for title in titles.values():
                        _ask_all(drawn, title, during)
        finally:
            template_rendered.disconnect(drawn.note)
            cache.clear()
            forget_what_was_made()
    return drawn


STATUSES = {kind.name: kind.status for kind in DOORS}


def _keep_door(drawn, title, kind, browser):
    assert browser.status == STATUSES[kind], f"{kind} of {title.slug}: {browser.status}"
    assert browser.path.startswith(ACCOUNT), f"{kind} of {title.slug}: {browser.path}"
    drawn.keep(kind, title, browser.answer, browser.path, ACCOUNT)


def _keep_looks(drawn, title):
    """The colours of a title, on its own host and below a preview."""
    sheet = b"".join(Client().get("/look.css", headers={"host": title.host}))
    drawn.looks[title.host, "/look.css"] = sheet
    for host in (DESK, ACCOUNT):
        drawn.looks[host, f"/preview/{title.slug}/look.css"] = sheet


def _ask_all(drawn, title, during):
    for kind in OF_TITLES:
        address = kind.address(title.state)
        english_only = kind.only_english and title.language != "en"
        if kind.during != during or not address or english_only:
            continue
        path = address.format(
            **title.paths, slug=title.slug, word=quote(title.words["headline"][:5]), typo="ferri"
        )
        answer = _ask(title, kind, path)
        wanted = kind.answers(title.state)
        told = f"{kind.name} of {title.slug}, {path}"
        assert answer.status_code == wanted, f"{told}: {answer.status_code}, not {wanted}"
        drawn.keep(kind.name, title, answer, path, kind.host)


def _ask(title, kind, path):
    client = Client(raise_request_exception=False, REMOTE_ADDR=f"203.0.113.{len(kind.name)}")
    if kind.member:
        saki = get_user_model().objects.get(pk=SAKI)
        client.cookies[settings.SESSION_COOKIE_NAME] = a_session(saki, title.slug)
    if kind.editor:
        client.cookies[settings.SESSION_COOKIE_NAME] = a_session(
            an_editor(f"{kind.name}@{title.slug}.example"), ":desk"
        )
    headers = {
        "host": kind.host or title.host,
        "user-agent": AGENT,
        "origin": f"http://{title.host}",
    }
    if kind.sent:
        form = {name: text.format(**title.paths) for name, text in kind.sent.items()}
        return client.post(path, form, headers=headers)
    return client.get(path, headers=headers)


def _patched(target, name, value):
    def meanwhile(stack):
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(target, name, value)

    return meanwhile


def _fails(error):
    def fail(*_, **__):
        raise error()

    return fail


DURING = {
    "": lambda _: None,
    "busy": _patched(finding, "rates", finding.Rates(0)),
    "engine_away": _patched(searching, "find", _fails(EngineAway)),
    "a_fault": _patched(reading, "front", _fails(ZeroDivisionError)),
    "no_titles": _patched(mastheads, "all_mastheads", list),
    "alarm": lambda _: newspaper.alarm(Level.BANNER),
    "emergency": lambda _: newspaper.alarm(Level.EMERGENCY),
}
