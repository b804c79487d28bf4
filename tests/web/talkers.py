"""Somebody who is signed in on a masthead and talks: asks pages, fills in their forms."""

from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client
from lxml import html

from dateline.accounts.models import Membership
from dateline.mastheads.models import Masthead
from tests.factories.discussion import NOON, a_reader
from tests.factories.people import a_session
from tests.factories.web import one


@dataclass
class Talker:
    """One member's browser on one host; tokens are checked as they are for everybody."""

    name: str = "Rin Abe"
    host: str = "musashi.localhost"
    joined: bool = True
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def __post_init__(self):
        slug = self.host.partition(".")[0]
        self.person = a_reader(self.name)
        if self.joined:
            self.join(slug)
        self.client.cookies[settings.SESSION_COOKIE_NAME] = a_session(self.person, slug)

    def join(self, slug):
        """Agree to be known on a masthead."""
        masthead = Masthead.objects.get(slug=slug)
        Membership.objects.create(user=self.person, masthead=masthead, joined_at=NOON, shown="")

    def get(self, path, **headers):
        """The answer as it came."""
        return self.client.get(path, headers={"host": self.host, **headers})

    def page(self, path, status=200):
        """The answer's HTML, parsed; fails on another status."""
        answer = self.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        return html.document_fromstring(answer.content)

    def send(self, path, *, on, headers=(), **fields):
        """Post a form that stands on the page `on`; the answer as it came."""
        token = token_on(self.page(on))
        return self.client.post(
            path, {"csrfmiddlewaretoken": token, **fields},
            headers={"host": self.host, "origin": f"http://{self.host}"} | dict(headers),
        )  # fmt: skip

    def does(self, path, *, on, **fields):
        """As `send`, then the page it leads to."""
        answer = self.send(path, on=on, **fields)
        assert answer.status_code == 303, (answer.status_code, problem_of(answer))
        return self.page(answer["Location"].partition("#")[0])


def token_on(page):
    """What the forms of a page carry to prove that they are ours."""
    return page.cssselect("[name=csrfmiddlewaretoken]")[0].get("value")


def problem_of(answer):
    """Why something was refused, as the page says it."""
    return one(html.document_fromstring(answer.content), ".form-problem")


def typed_in(answer, name="text"):
    """What stands in the first text field of an answer's page, by its name."""
    page = html.document_fromstring(answer.content)
    fields = page.cssselect(f"textarea[name={name}], textarea.typed")
    return next((f.text or "") for f in fields if (f.text or "").strip())
