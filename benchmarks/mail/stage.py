"""An installation of their own for the mail benchmarks, a letter of 20 KB, and its readers."""

import os
import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

SIZE = 20_480  # bytes of the whole message
STORY = '<h2 style="color:#123">The ferry is late again</h2><p>It came at noon, in rain.</p>\r\n'


def start(scratch: str, port: int, **given: str) -> None:
    """Set Django up on the installation in `scratch`, which sends to `port` of this machine."""
    os.environ |= {
        "DATELINE_DATA_DIR": scratch,
        "DATELINE_SECRET_KEY": os.environ.get("DATELINE_SECRET_KEY") or secrets.token_urlsafe(48),
        "DJANGO_SETTINGS_MODULE": "dateline.project.settings",
        **given,
    }
    import django

    django.setup()
    aim(port)


def aim(port: int) -> None:
    """Send to this port from now on, without TLS."""
    from django.conf import settings

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False


def migrate() -> None:
    """Lay the tables."""
    from dateline.tables import bring_up_to_date

    bring_up_to_date()


def letter() -> Any:
    """An edition of 20 KB with what each carries: a name, and links that are the reader's."""
    from dateline.mail.domain.copies import Letter, cut, read

    out = "https://musashi.test/newsletters/out/⟦token:newsletters.out⟧/"
    choose = "https://musashi.test/newsletters/choose/⟦token:newsletters.choose⟧/"
    foot = f"<p><a href='{choose}'>Choose</a> <a href='{out}'>Leave</a></p>"

    def made(stories: int) -> Any:
        return Letter(
            subject="The morning, ⟦name⟧",
            html=f"<html><body><p>Dear ⟦name⟧,</p>{STORY * stories}{foot}</body></html>",
            text=f"Dear ⟦name⟧,\nthe ferry is late again.\n{out}\n",
            sender="Musashi Times <news@musashi.test>",
            headers={
                "List-Id": "Morning <morning.musashi.test>",
                "List-Unsubscribe": f"<{out}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )

    stories = 1
    while len(read(cut(made(stories))).joined({})) < SIZE:
        stories += 1
    return made(stories)


def frozen(name: str, count: int, receivers: int = 40) -> int:
    """Freeze and start a mailing to `count` readers; return its id."""
    from dateline import clock
    from dateline.mail.services import mailings

    def audience() -> Iterator[Any]:
        for number in range(1, count + 1):
            address = f"reader.{number}@mail{number % receivers}.example"
            yield mailings.Recipient(address, number, fields={"name": f"Reader {number}"})

    at = clock.now() - timedelta(seconds=1)
    mailing = mailings.freeze(
        name, scope="newsletter:1", envelope_from="bounces@musashi.test", letters=[letter()],
        audience=audience(), at=at,
    )  # fmt: skip
    mailings.start(mailing, at=at)
    return mailing
