"""Mail servers that behave as they should, or badly, in any way a test asks for."""

import socketserver
import threading
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy


class _HangUp:
    """An answer that is none. Tests are named after it, so it has the same name everywhere."""

    def __repr__(self):
        return "hang up"


HANG_UP = _HangUp()


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        with suppress(ConnectionError):  # the sender may go first
            self.talk()

    def talk(self):
        server = self.server
        self.rcpt = self.sender = ""
        if not self.say(server.answer("CONNECT", "", "220 here")):
            return
        for raw in self.rfile:
            line = raw.decode().strip()
            verb = line.split(" ", 1)[0].split(":")[0].upper()
            if verb == "DATA" and not self.data():
                return
            if verb != "DATA" and not self.say(self.command(verb, line)):
                return

    def command(self, verb, line):
        usual = "250 fine"
        if verb == "EHLO":
            usual = "250-here\r\n250 PIPELINING" if self.server.pipelining else "250 here"
        if verb == "MAIL":
            self.rcpt = ""
        answer = self.server.answer(verb, line, usual)
        if verb == "RCPT" and (answer is HANG_UP or answer.startswith("2")):
            self.rcpt = line.partition("<")[2].rpartition(">")[0]
        return answer

    def data(self):
        usual = "354 go on" if self.rcpt else "554 no valid recipients"
        answer = self.server.answer("DATA", self.rcpt, usual)
        if not self.say(answer):
            return False
        if not answer.startswith("354"):
            return True
        raw = b""
        for line in self.rfile:
            if line == b".\r\n":
                break
            raw += line.removeprefix(b".")
        else:  # the sender went in the middle of it
            return False
        answer = self.server.answer(".", self.rcpt, "250 2.0.0 kept")
        took = self.server.keeps_unanswered if answer is HANG_UP else answer.startswith("2")
        if took and self.rcpt:
            self.server.taken.append((self.rcpt, raw))
        return self.say(answer)

    def say(self, text):
        """Whether the conversation goes on; a text without its line's end hangs up after it."""
        if text is HANG_UP:
            return False
        whole = not text.endswith("…")
        self.wfile.write((f"{text}\r\n" if whole else text[:-1]).encode())
        return whole and not text.startswith("421")


class Server(socketserver.ThreadingTCPServer):
    """Keeps what it takes. `behave(verb, what)` may answer otherwise than usual; None: as usual."""

    daemon_threads, allow_reuse_address = True, True

    def __init__(self, behave):
        super().__init__(("127.0.0.1", 0), _Session)
        self.behave, self.taken, self.asked = behave, [], []
        self.pipelining, self.keeps_unanswered = True, True

    def answer(self, verb, what, usual):
        self.asked.append((verb, what))
        given = self.behave(verb, what)
        return usual if given is None else given

    def readers(self):
        return sorted(rcpt for rcpt, _ in self.taken)

    def mails(self):
        return [message_from_bytes(raw, policy=policy.default) for _, raw in self.taken]


@contextmanager
def server(settings, behave=lambda *_: None, *, pipelining=True):
    """Run one and have mail go to it."""
    with Server(behave) as made:
        made.pipelining = pipelining
        threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = made.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        try:
            yield made
        finally:
            made.shutdown()
