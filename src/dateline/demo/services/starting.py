"""Start the demo: a folder that may be used, tables, content, and what to tell who started it."""

import fcntl
import shutil
import socket
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from pydantic import SecretStr

from dateline import clock, tables
from dateline.demo import adapters
from dateline.demo.domain import pretend as pretending
from dateline.demo.services import network
from dateline.demo.services.seeding import seed

PRETEND_LINE = (
    "“Log in with Facebook” and “Google” lead to a pretend provider on this machine, not to them."
)
LOCK = "serve.lock"  # what a running `serve` holds
Say = Callable[[str], Any]


class DemoRefused(Exception):
    """Why the demo cannot start here, and what to do."""


def prepare(*, fresh: bool, say: Say) -> None:
    """Make the data folder a demo: key, tables and content; quick where it is one already.

    Raises:
        DemoRefused: the folder holds something else, or a running server (with `fresh`).

    """
    folder = Path(settings.DATELINE_DATA_DIR)
    if fresh:
        clear(folder)
    began_before = adapters.read_marker()
    if began_before is None:
        refuse_foreign(folder)
        adapters.write_marker({"began_at": clock.now().isoformat()})
    settings.CONFIG.ensure_secret_key()
    if _pending():
        say("Making the tables …")
        tables.bring_up_to_date()
    if began_before and "seeded_at" in began_before:
        say(f"The demo in {folder} is from {began_before['seeded_at'][:16]}; --fresh makes it new.")
        return
    say("Filling the network …")
    made = seed(say=lambda line: say(f"  {line}"))
    say(f"{made.stories} stories in {made.seconds:.0f} s")


def refuse_foreign(folder: Path) -> None:
    """Stop before fictional news gets into a real newsroom.

    Raises:
        DemoRefused: there are files in the folder, and none of them says that it is a demo.

    """
    if folder.is_dir() and any(folder.iterdir()):
        raise DemoRefused(
            f"{folder} is in use and holds no demo. Set DATELINE_DATA_DIR to a new folder."
        )


def clear(folder: Path) -> None:
    """Remove a demo's folder, so that the next start makes a new one.

    Raises:
        DemoRefused: it holds no demo, or a server is running on it.

    """
    if not folder.exists():
        return
    if adapters.read_marker() is None:
        refuse_foreign(folder)
    if is_served(folder):
        raise DemoRefused(f"A server is running on {folder}. Stop it before --fresh.")
    connections.close_all()
    shutil.rmtree(folder)
    folder.mkdir(parents=True)


def is_served(folder: Path) -> bool:
    """Whether a running server holds the folder."""
    try:
        with (folder / LOCK).open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def _pending() -> bool:
    Path(settings.DATELINE_DATA_DIR).mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def with_pretend_providers(config: Any) -> tuple[Any, socket.socket | None]:
    """The settings with a provider of our own to log in with, and the socket it is to answer on.

    Only where no real one is set up, and where whoever looks at the demo sits at this machine: the
    pretend provider's own pages are on 127.0.0.1.
    """
    away = config.demo_domain or not is_here(config.bind)
    if away or config.login_providers() or config.pretend_providers:
        return config, None
    listener = open_here()
    secret = SecretStr(pretending.SECRET)
    changes = {
        "facebook_app_id": pretending.APP,
        "facebook_app_secret": secret,
        "google_client_id": pretending.APP,
        "google_client_secret": secret,
        "pretend_providers": f"http://127.0.0.1:{listener.getsockname()[1]}",
    }
    return config.model_copy(update=changes), listener


def open_here() -> socket.socket:
    """A socket that only this machine reaches, on a free port."""
    return socket.create_server(("127.0.0.1", 0))


def is_here(address: str) -> bool:
    """Whether only this machine reaches an address that is listened on."""
    return ip_address(address).is_loopback


def log_ins(*, pretend: socket.socket | None = None) -> list[str]:
    """Lines that say who can sign in, and where mail lands."""
    people = adapters.table("logins")
    width = max(len(facts["email"]) for facts in people.values())
    desk = settings.CONFIG.origin(settings.CONFIG.desk_host)
    account = settings.CONFIG.origin(settings.CONFIG.account_host)
    return [
        "",
        f"Log-ins, all with the password {network.PASSWORD}:",
        *(f"  {facts['email']:<{width}}  {facts['what']}" for facts in people.values()),
        "",
        f"Everybody signs in at {account}/, readers and newsroom alike. The desk asks for",
        "no second step here (DATELINE_STAFF_MFA=off); a newsroom's own does.",
        *([PRETEND_LINE] if pretend else []),
        f"Mail lands in {account}/mailbox/, which needs no log-in, and in {desk}/mailbox/",
        f"Drop agency files into {settings.DATELINE_INTAKE_DIR}/kna, /northern or /pps",
    ]
