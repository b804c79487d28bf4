"""A shelf behind SFTP (draft-ietf-secsh-filexfer-02, as OpenSSH serves it), with paramiko."""

import socket
import stat
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from typing import Any, BinaryIO

import paramiko

from dateline.fetch import NotPublic, address_of
from dateline.wire.adapters.pickups import shelf
from dateline.wire.domain.pickups import Away, Came, Place
from dateline.wire.domain.shelves import Lying

LIMIT_S = 15.0  # for each step of the talk
DEPTH = 4  # folders below the one that is named
PRIVATE_KEY = "-----BEGIN"


def files(place: Place, cursor: Mapping[str, Any]) -> Generator[Came, None, None]:
    """Give each file of the folder, and of the folders below it, that is whole and new.

    Raises:
        Away: the server is not the one that is known, or the folder cannot be read; says why.

    """
    with _talk(place) as talk:
        yield from shelf.files(
            Folder(talk, place), cursor, remove=bool(place.options.get("remove"))
        )


class Folder:
    """A folder on a server. A file in it may still be growing."""

    grows = True

    def __init__(self, talk: Any, place: Place) -> None:
        self.talk, self.place = talk, place

    def lying(self) -> Iterator[Lying]:
        """List the files; links are not followed."""
        with _told(self.place):
            yield from self._below("", DEPTH)

    def _below(self, folder: str, depth: int) -> Iterator[Lying]:
        for entry in self.talk.listdir_attr(self._path(folder)):
            name = f"{folder}{entry.filename}"
            if stat.S_ISDIR(entry.st_mode or 0) and depth and not entry.filename.startswith("."):
                yield from self._below(f"{name}/", depth - 1)
            elif stat.S_ISREG(entry.st_mode or 0):
                yield _lying(name, entry)

    def open(self, one: Lying) -> BinaryIO | None:
        """Open a file, if it is still the one that was listed."""
        with _told(self.place):
            try:
                file = self.talk.open(self._path(one.name), "rb")
            except FileNotFoundError:
                return None
            if _lying(one.name, file.stat()).mark != one.mark:
                file.close()
                return None
            file.prefetch(one.size)
            return shelf.opened(file, lambda: _told(self.place))

    def remove(self, one: Lying) -> None:
        """Take a file away, unless another was put in its place."""
        with _told(self.place):
            path = self._path(one.name)
            if _lying(one.name, self.talk.stat(path)).mark == one.mark:
                self.talk.remove(path)

    def _path(self, name: str) -> str:
        return f"{self.place.path.rstrip('/') or '.'}/{name}".rstrip("/")


def _lying(name: str, entry: Any) -> Lying:
    size, changed = entry.st_size or 0, entry.st_mtime or 0
    return Lying(name, size, f"{size}-{changed}", (changed,))


@contextmanager
def _told(place: Place) -> Iterator[None]:
    """Say what went wrong in words for an editor."""
    try:
        yield
    except (OSError, EOFError, paramiko.SSHException) as error:
        raise Away(f"{place.host}: {error or type(error).__name__}.") from error


@contextmanager
def _talk(place: Place) -> Iterator[Any]:
    try:
        address = address_of(place.host, place.port, private_allowed=place.private_allowed)
    except NotPublic as error:
        raise Away(str(error)) from error
    with _told(place):
        line = socket.create_connection((address, place.port), LIMIT_S)
        transport = paramiko.Transport(line)
    try:
        with _told(place):
            _enter(transport, place)
            talk = paramiko.SFTPClient.from_transport(transport)
            talk.get_channel().settimeout(LIMIT_S)
        yield talk
    finally:
        transport.close()


def _enter(transport: Any, place: Place) -> None:
    """Be sure whom we speak to, and say who we are."""
    kind, _, key = str(place.options.get("host_key", "")).partition(" ")
    transport.banner_timeout = transport.auth_timeout = LIMIT_S
    transport.get_security_options().key_types = _types_of(kind)
    transport.start_client(timeout=LIMIT_S)
    found = transport.get_remote_server_key()
    if found.get_base64() != key.split(" ")[0]:
        raise Away(
            f"{place.host} shows another key than the one that is written down "
            f"({found.get_name()} {found.fingerprint}). Ask the agency before you change it."
        )
    try:
        if place.secret.startswith(PRIVATE_KEY):
            transport.auth_publickey(place.user, _key_of(place.secret))
        else:
            transport.auth_password(place.user, place.secret, fallback=False)
    except paramiko.AuthenticationException as error:
        raise Away(f"{place.host} does not let {place.user} in: {error}") from error


def _types_of(kind: str) -> tuple[str, ...]:
    """The ways to sign with a key of this kind; RSA has newer ones than its own name."""
    return ("rsa-sha2-512", "rsa-sha2-256") if kind == "ssh-rsa" else (kind,)


def _key_of(secret: str) -> Any:
    for kind in (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey):
        try:
            return kind.from_private_key(StringIO(secret))
        except paramiko.SSHException:
            continue
    raise Away(
        "The private key cannot be read. It must be Ed25519, ECDSA or RSA, without a password."
    )
