"""A mail server on 127.0.0.1 that keeps what it is given, once for each Message-ID."""

import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy


class _Session(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client that delivers one mail needs."""

    def handle(self):
        self.say("220 sink")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"DATA":
                self.say("354 go on")
                self.server.taken.append(self.body())
                self.say("250 kept")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("550 nobody" if self.server.refuses and verb == b"RCPT" else "250 fine")

    def body(self):
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line[1:] if line.startswith(b".") else line for line in lines)

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


class Sink(socketserver.ThreadingTCPServer):
    """Where the mails arrive. `refuses` says no to every recipient."""

    daemon_threads, allow_reuse_address = True, True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.taken, self.refuses = [], False

    @property
    def mails(self):
        """What a mailbox shows: one mail for each Message-ID, in the order they came."""
        read = [message_from_bytes(raw, policy=policy.default) for raw in self.taken]
        return list({mail["Message-ID"]: mail for mail in read}.values())


@contextmanager
def smtp_sink(settings):
    """Run a sink and have Django's mail go to it."""
    with Sink() as sink:
        threading.Thread(target=sink.serve_forever, args=(0.01,), daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.server_address
        settings.EMAIL_TIMEOUT = 5
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        try:
            yield sink
        finally:
            sink.shutdown()
