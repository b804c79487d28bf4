"""ESPs that speak their documented APIs, and behave as they should or as a test asks for."""

import json
import threading
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qs

from dateline.mail.domain.esps import EspRoute

PATHS = {
    "postmark": "/email/batch", "resend": "/emails/batch", "mailgun": "/mg.musashi.test/messages",
}  # fmt: skip
INACTIVE = "You tried to send to a recipient that has been marked as inactive."
NOBODY = "Invalid 'To' address: 'x'."
CUT_OFF = object()
SHORT = 200, "[{", {"Content-Length": "5000"}  # it says that more comes, and goes


class _Talk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server = self.server
        asked = SimpleNamespace(path=self.path, headers=self.headers, mails=server.read(self, body))
        with server.lock:
            server.asked.append(asked)
            said = server.behave(asked, len(server.asked)) or server.usual(asked)
        if said is CUT_OFF:
            self.close_connection = True
            return
        status, answer, headers = (*said, {})[:3]
        data = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(ConnectionError):  # the sender may have gone
            self.wfile.write(data)
        self.close_connection = True

    def log_message(self, *_):
        pass


class Esp(ThreadingHTTPServer):
    """Keeps what it takes: one dictionary a mail. A key that comes again gets the first answer."""

    daemon_threads = True

    def __init__(self, name, behave):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.name, self.behave, self.asked, self.taken = name, behave, [], []
        self.refuses, self.by_key, self.lock = {}, {}, threading.Lock()

    def read(self, request, body):
        """The mails of a request, all in one shape: to, from, subject, html, text, headers, id."""
        if self.name == "mailgun":
            return _of_mailgun(request, body)
        return [
            {name.lower().removesuffix("body"): value for name, value in one.items()} | _told(one)
            for one in json.loads(body)
        ]

    def usual(self, asked):
        """Take what is asked, but for whom the test has refused."""
        if asked.path != PATHS[self.name]:
            return 404, {"message": f"no {asked.path}"}
        key = asked.headers.get("Idempotency-Key")
        if key in self.by_key:
            return self.by_key[key]
        refused = {n: self.refuses.get(one["id"][0]) for n, one in enumerate(asked.mails)}
        if self.name == "mailgun" and any(refused.values()):
            return 400, {"message": next(filter(None, refused.values()))}
        self.taken += [one for n, one in enumerate(asked.mails) if not refused[n]]
        said = 200, getattr(self, f"_as_{self.name}")(asked.mails, refused)
        if key:
            self.by_key[key] = said
        return said

    def _as_postmark(self, mails, refused):
        return [
            {"ErrorCode": 406 if "inactive" in refused[n] else 300, "Message": refused[n]}
            if refused[n]
            else {"ErrorCode": 0, "Message": "OK", "MessageID": f"pm-{one['id'][1]}", "To": "x"}
            for n, one in enumerate(mails)
        ]

    def _as_resend(self, mails, refused):
        data = [{"id": f"re-{one['id'][1]}"} for n, one in enumerate(mails) if not refused[n]]
        errors = [{"index": n, "message": why} for n, why in refused.items() if why]
        return {"data": data, **({"errors": errors} if errors else {})}

    def _as_mailgun(self, mails, refused):
        del mails, refused
        return {"id": "<one@mg.musashi.test>", "message": "Queued. Thank you."}

    def readers(self):
        return sorted(one["id"][0] for one in self.taken)


def _told(one):
    """Reader's address and our Message-ID, wherever this ESP has them."""
    to = one.get("To") or one["to"][0]
    headers = one.get("headers") or {h["Name"]: h["Value"] for h in one.get("Headers", ())}
    metadata = one.get("Metadata") or json.loads(headers["X-Metadata"])
    return {"id": (to, metadata["dateline"]), "headers": headers}


def _of_mailgun(request, body):
    kind = request.headers["Content-Type"]
    if kind.startswith("multipart/"):
        parts = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body,
                                   policy=policy.HTTP).iter_parts()  # fmt: skip
        form = {}
        for part in parts:
            name = part.get_param("name", header="content-disposition")
            form.setdefault(name, []).append(part.get_payload(decode=True).decode())
    else:
        form = parse_qs(body.decode(), keep_blank_values=True)
    variables = json.loads(form["recipient-variables"][0])
    return [_merged(form, address, variables[address]) for address in form["to"]]


def _merged(form, address, own):
    def merged(text):
        for name, value in own.items():
            text = text.replace(f"%recipient.{name}%", value)
        return text

    made = {name: merged(values[0]) for name, values in form.items() if name[1] != ":"}
    headers = {name[2:]: merged(v[0]) for name, v in form.items() if name.startswith("h:")}
    return made | {"headers": headers, "id": (address, merged(form["v:dateline"][0]))}


@contextmanager
def esp(settings, name, behave=lambda *_: None):
    """Run one and have mail to many leave through it."""
    with Esp(name, behave) as made:
        threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
        host, port = made.server_address
        settings.DATELINE_MAIL_ESP = EspRoute(
            name, "a key", f"http://{host}:{port}", "mg.musashi.test", "", "user:of-16-characters"
        )
        try:
            yield made
        finally:
            made.shutdown()
