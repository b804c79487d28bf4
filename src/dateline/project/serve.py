"""`dateline serve`: look whether it can start, open the port, then keep everything running."""

import fcntl
import http.client
import os
import secrets
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import structlog

from dateline import clock
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.edge.queries import EdgeUnavailable
from dateline.project import installation, processes, release, restored, statics
from dateline.project.config import Config
from dateline.project.supervisor import Child, GaveUp, Supervisor

log = structlog.get_logger("dateline.serve")

BACKLOG = 2048
LOCK_FILE = "serve.lock"
RUN_DIR_FILE = "serve.run"


class CannotServe(Exception):
    """Why serving is impossible now, and what to do; one problem a line."""


def run(
    config: Config, *, extra_lines: Sequence[str] = (), pretend: socket.socket | None = None
) -> None:
    """Serve the network that `config` describes until a signal says stop. Django is set up.

    `extra_lines` are printed below the addresses once everything answers; `pretend` is the open
    socket of the demo's pretend provider, if there is one. With port 0 a free port is taken. The
    calling process is the supervisor and must call this from its main thread.

    Raises:
        CannotServe: unsafe SQLite, no key, migrations to run, a busy port or data folder, or a
            process that ends again and again.

    """
    if problems := installation.reasons_not_to_serve(config):
        raise CannotServe("\n".join(problems))
    with only_one(config), _run_dir(config) as run_dir:
        statics.collect_if_changed()
        restored.hold(config.data_dir, at=clock.now())
        listener = listen(config.bind, config.port)
        config = config.model_copy(update={"port": listener.getsockname()[1]})
        supervisor = Supervisor(
            [
                *_children(listener, config.front_processes),
                *_senders(config.mail_senders),
                *_beside(pretend),
            ],
            _environment(config, run_dir, listener),
            run_dir,
            on_new_code=_forget_pages,
        )
        try:
            supervisor.run(
                is_ready=partial(answers, config),
                on_ready=partial(_say_ready, config, extra_lines),
            )
        except GaveUp as error:
            raise CannotServe(str(error)) from error
        finally:
            listener.close()


def _children(listener: socket.socket, fronts: int = 1) -> list[Child]:
    names = ["front", *(f"front-{number}" for number in range(2, fronts + 1))]
    return [
        *(
            Child(name, ("-m", "dateline.project.front"), pass_fds=(listener.fileno(),))
            for name in names
        ),
        Child("render", ("-m", "dateline.project.renderer"), socket=True),
        Child("worker", ("-m", "dateline", "work")),
    ]


def _senders(count: int) -> list[Child]:
    """Processes of their own: sending takes a processor, which pages and facts need elsewhere."""
    names = ["sender", *(f"sender-{number}" for number in range(2, count + 1))]
    return [Child(name, ("-m", "dateline", "mail", "send")) for name in names[:count]]


def _beside(pretend: socket.socket | None) -> list[Child]:
    if pretend is None:
        return []
    pretend.set_inheritable(True)
    number = pretend.fileno()
    command = ("-m", "dateline.project.pretend", str(number))
    return [Child("pretend", command, pass_fds=(number,))]


def _environment(config: Config, run_dir: Path, listener: socket.socket) -> dict[str, str]:
    return {
        **{n: v for n, v in os.environ.items() if not n.startswith(("DATELINE_", "_DATELINE_"))},
        **config.environment(),
        "DJANGO_SETTINGS_MODULE": "dateline.project.settings",
        "PYTHONUNBUFFERED": "1",
        processes.RUN_DIR: str(run_dir),
        processes.TOKEN: secrets.token_urlsafe(32),
        processes.LISTEN_FD: str(listener.fileno()),
        processes.RELEASE: release.fingerprint(),
    }


def _forget_pages() -> None:
    """New code renders now: no page of the old one is shown again without being made anew."""
    try:
        edge.purge([keys.release()], cause="new code was loaded")
    except EdgeUnavailable as error:
        log.warning("edge_unavailable", error=str(error))


def listen(address: str, port: int) -> socket.socket:
    """Open the port. The supervisor holds it, so that a front that dies loses no connection.

    Raises:
        CannotServe: another program has the port, or this user may not have it.

    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
    except OSError as error:
        listener.close()
        raise CannotServe(
            f"dateline.E020: port {port} on {address} cannot be opened: {error.strerror}. "
            "Stop the program that uses it, or set DATELINE_PORT to another."
        ) from error
    listener.listen(BACKLOG)
    listener.set_inheritable(True)
    return listener


@contextmanager
def only_one(config: Config) -> Iterator[None]:
    """Hold the data folder, so that no second `serve` and no `restore` works in it meanwhile.

    The kernel lets go of it the moment the process ends, however it ends.
    """
    config.data_dir.mkdir(parents=True, exist_ok=True)
    with (config.data_dir / LOCK_FILE).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise CannotServe(
                f"dateline.E021: {config.data_dir} is in use by process {file.read().strip()}. "
                "Stop it first, or set DATELINE_DATA_DIR to another folder."
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


@contextmanager
def _run_dir(config: Config) -> Iterator[Path]:
    """A short-named private folder for sockets; what a killed run left is swept away first."""
    note = config.data_dir / RUN_DIR_FILE
    with suppress(FileNotFoundError):
        shutil.rmtree(note.read_text(), ignore_errors=True)
    run_dir = Path(tempfile.mkdtemp(prefix="dateline-"))  # 0700; a socket's path has 107 bytes
    note.write_text(str(run_dir))
    try:
        yield run_dir
    finally:
        shutil.rmtree(run_dir, ignore_errors=True)
        note.unlink(missing_ok=True)


def answers(config: Config, timeout_s: float = 0.5) -> bool:
    """Whether the whole chain front, renderer, database answers a request now."""
    address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(config.bind, config.bind)  # noqa: S104 - asked, not bound
    connection = http.client.HTTPConnection(address, config.port, timeout=timeout_s)
    try:
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _say_ready(config: Config, extra_lines: Sequence[str]) -> None:
    lines = ["", "Dateline is running.", *installation.addresses(config), *extra_lines]
    lines += ["", "Stop it with Ctrl-C or SIGTERM; SIGHUP loads new code.", ""]
    sys.stdout.write("\n".join(lines))
    sys.stdout.flush()
