"""Mails handed to Django's mail backend one by one: to files, to the console, to a test's list."""

import email
import email.policy
import time
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends import console, filebased, locmem

from dateline.mail.adapters import smtp
from dateline.mail.domain.replies import Reply, Step

MOMENT_S = 0.2
HERE = (console.EmailBackend, filebased.EmailBackend, locmem.EmailBackend)  # no network between
TAKEN = Reply(250, "Ok")


class Ready(EmailMultiAlternatives):
    """A message that is whole already, for backends that want one of Django's."""

    def __init__(self, raw: bytes, recipient: str) -> None:
        self.raw = raw
        read = email.message_from_bytes(raw, policy=email.policy.default)
        text, html = (read.get_body((kind,)) for kind in ("plain", "html"))
        super().__init__(
            str(read["Subject"]),
            text.get_content() if text else "",
            str(read["From"]),
            [recipient],
            headers={name: str(value) for name, value in read.items()},
        )
        if html:
            self.attach_alternative(html.get_content(), "text/html")

    def message(self, **_: Any) -> Any:
        """The message as it was made, to the octet."""
        return email.message_from_bytes(self.raw)


class OneByOne:
    """A way that hands mails to Django's backend; see `adapters.pool.Way`."""

    def __init__(self, desk: smtp.Desk) -> None:
        self.desk, self.trouble = desk, ""
        self.is_idle = True

    def turn(self, wait_s: float) -> None:
        """Hand over what may leave now, for a moment: then others must be heard."""
        until = time.monotonic() + MOMENT_S
        while time.monotonic() < until and (mail := self.desk.next()) is not None:
            message = self.desk.hand(mail)
            if message is None:
                self.desk.lost(mail, in_doubt=False)
                continue
            recipient = mail.envelope[1].decode("ascii").partition("<")[2].rpartition(">")[0]
            backend = get_connection()  # the one for files writes a file for each
            try:
                backend.send_messages([Ready(message, recipient)])
            except OSError as error:
                # What goes over a network may have arrived, whatever its library says.
                self.desk.lost(mail, in_doubt=not isinstance(backend, HERE))
                self.hold_off(str(error))
                return
            self.desk.answered(mail, Step.DOT, TAKEN)
        self.trouble = ""
        time.sleep(wait_s)

    def hold_off(self, why: str) -> None:
        """Say what is wrong; the next turn tries again."""
        self.trouble = why

    def end(self) -> None:
        """Nothing is open."""
