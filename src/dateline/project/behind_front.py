"""WSGI behind the front: whoever asks must be the front, and what it says about the reader is true.

Behind a unix socket REMOTE_ADDR is empty and SERVER_NAME is the path of the socket.
"""

import hmac
import shutil
import tempfile
from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

PRIVATE = ("HTTP_X_DATELINE_TOKEN", "HTTP_X_DATELINE_CLIENT", "HTTP_X_DATELINE_SCHEME")
IN_MEMORY = 1024 * 1024
DEFAULT_PORTS = {"http": "80", "https": "443"}


class BehindFront:
    """Sets REMOTE_ADDR, SERVER_NAME, SERVER_PORT and wsgi.url_scheme from the front's own headers.

    `token` is made anew at each start and known only to the front and the render processes: a
    request without it is refused, whoever reached the socket.
    """

    def __init__(self, application: Application, token: str) -> None:
        self.application = application
        self.token = token

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        token, client, scheme = (environ.pop(name, "") for name in PRIVATE)
        if not hmac.compare_digest(token.encode("latin-1"), self.token.encode("latin-1")):
            start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"Only the front may ask here.\n"]
        name, _, port = environ.get("HTTP_HOST", "").rpartition(":")
        if not port.isdigit():
            name, port = environ.get("HTTP_HOST", ""), DEFAULT_PORTS[scheme]
        environ |= {
            "REMOTE_ADDR": client,
            "SERVER_NAME": name,
            "SERVER_PORT": port,
            "wsgi.url_scheme": scheme,
        }
        if environ.pop("HTTP_TRANSFER_ENCODING", ""):
            _measure(environ)
        return self.application(environ, start_response)


def _measure(environ: Environ) -> None:
    """Give a body that came in chunks a length: Django reads no further than CONTENT_LENGTH.

    Without this a form that was sent in chunks arrives empty, and nobody is told. The front has
    limited its size.
    """
    body = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - it lives as the input
    shutil.copyfileobj(environ["wsgi.input"], body)
    environ["CONTENT_LENGTH"] = str(body.tell())
    body.seek(0)
    environ["wsgi.input"] = body
