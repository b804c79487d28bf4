"""The account host's pages: a reader comes from a title, registers, signs in, and keeps an account.

On a full title they have a provider, a second step and a copy of their data; on an empty one they
have an address and a password.
"""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage

from dateline.accounts.services import readers
from tests.factories.people import ACCOUNT, APP, PASSWORD, Browser, a_reader
from tests.factories.providers import come_from
from tests.web.matrix.newspaper import NOW


def walk(keep, title):
    """Go every way; `keep(kind, browser)` is told of each page."""
    cache.clear()  # nobody may ask so often
    _outside(keep, title)
    _joins(keep, title)
    _inside(keep, title)


def at(title, path=""):
    """A browser that came from a title to a page of the account host."""
    browser = Browser().go(f"{title.host}/account/")
    return browser.go(f"{ACCOUNT}{path}") if path else browser


PERSON = {"full": "1001", "empty": "1002"}  # a provider may ask nobody too often


def _outside(keep, title):
    keep("login", at(title))
    keep("login_refused", at(title).send(login="nobody@news.example", password="wrong"))
    keep("signup", at(title, "/signup/"))
    keep("signup_refused", at(title, "/signup/").send(email="x", password1="a"))
    keep("signup_passkey", at(title, "/signup/passkey/"))
    address = f"new@{title.slug}.example"
    keep("signup_code", at(title, "/signup/").send(email=address, password1=PASSWORD))
    keep("login_code", at(title, "/login/code/"))
    keep("login_code_sent", at(title, "/login/code/").send(email=address))
    keep("password_reset", at(title, "/password/reset/"))
    keep("password_code", at(title, "/password/reset/").send(email=address))
    keep("with_provider", at(title, "/with/google/"))
    keep("provider_failed", at(title, "/with/google/back/?error=access_denied"))
    keep("from_provider", come_from(at(title), "facebook", PERSON[title.state]))
    with pytest.MonkeyPatch.context() as away:
        away.setattr(EmailMessage, "send", _hangs_up)
        keep("mail_away", at(title, "/login/code/").send(email=address))
    keep("alerts_link_void", at(title, "/alerts/?token=nobody"))
    keep("no_such_page", at(title, "/nothing/"))


def _hangs_up(*_, **__):
    raise ConnectionRefusedError


def _joins(keep, title):
    """From the first log-in to a name on the title."""
    address = f"first@{title.slug}.example"
    a_reader(address)
    browser = at(title).send(login=address, password=PASSWORD)
    keep("join", browser)
    keep("join_refused", browser.send(name="Moderator"))


def _inside(keep, title):
    address = f"rieko@{title.slug}.example"
    reader = a_reader(address)
    browser = Browser().sign_in(title.host, address)
    if title.state == "full":
        _invited(keep, reader, title)
    else:
        keep("second_step_app", browser.go(f"{ACCOUNT}/second-step/totp/activate/"))
    for kind, path in PLACES.items():
        keep(kind, browser.go(f"{ACCOUNT}{path}"))
    keep("name_refused", browser.go(f"{ACCOUNT}/name/").send(name="Moderator"))
    keep("delete", browser.go(f"{ACCOUNT}/your-data/delete/"))
    keep("asked_again", browser.send(action="/your-data/delete/", choice=""))
    keep("delete_refused", browser.send(password=PASSWORD))
    for kind, path in FRESH.items():
        keep(kind, browser.go(f"{ACCOUNT}{path}"))
    browser.go(f"{ACCOUNT}/your-data/")
    keep("data_status", browser.send(action="/your-data/copy/"))
    other = f"other@{title.slug}.example"
    browser.go(f"{ACCOUNT}/email/").send(action="/email/", email=other, action_add="")
    keep("old_address", browser)
    keep("desk_closed", browser.go("desk.localhost/login/"))


PLACES = {
    "home": "/", "name": "/name/", "logins": "/log-ins/", "data": "/your-data/",
    "connections": "/connections/", "address": "/email/", "second_step": "/second-step/",
    "logout": "/logout/",
}  # fmt: skip
FRESH = {
    "passkeys": "/second-step/webauthn/", "passkey_new": "/second-step/webauthn/add/",
    "password_change": "/password/change/",
}  # fmt: skip


def _invited(keep, reader, title):
    """Somebody with a second step, who follows the link of an invitation to alerts."""
    mail.outbox.clear()
    assert readers.invite_to_alerts(str(reader.pk), title.row.pk, at=NOW)
    link = re.search(r"/alerts/\?token=[^&\s]+", mail.outbox[-1].body)[0]
    browser = at(title)
    keep("alerts_link", browser.go(f"{ACCOUNT}{link}"))
    keep("alerts_noted", browser.go(f"{ACCOUNT}{link}", data={}))
    RecoveryCodes.activate(reader)
    APP.TOTP.activate(reader, APP.generate_totp_secret())
    browser = at(title).send(login=reader.email, password=PASSWORD)
    keep("second_step_asked", browser)
