"""A shelf behind SFTP (draft-ietf-secsh-filexfer-02, as OpenSSH serves it), with paramiko."""

import socket
import stat
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import StringIO
from typing import Any, BinaryIO

import paramiko

from dateline.fetch import NotPublic, address_of
from dateline.wire.adapters.pickups import shelf
from dateline.wire.adapters.pickups.patience import VISIT_S, Patience
from dateline.wire.domain.pickups import KEY, Away, Came, Place, Stuck
from dateline.wire.domain.shelves import Lying

LIMIT_S = 15.0  # for each step of the talk
DEPTH = 4  # folders below the one that is named


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
        for entry in self.talk.listed(self._path(folder)):
            name = f"{folder}{entry.filename}"
            if stat.S_ISDIR(entry.st_mode or 0) and depth and not entry.filename.startswith("."):
                try:
                    yield from self._below(f"{name}/", depth - 1)
                except PermissionError:
                    problem = f"The folder {name} cannot be read: there is no right to."
                    yield Lying(name, 0, "", problem=problem)
            elif stat.S_ISREG(entry.st_mode or 0):
                yield _lying(name, entry)

    def open(self, one: Lying) -> BinaryIO | None:
        """Open a file, if it is still the one that was listed."""
        with self._told_of(one):
            try:
                file = self.talk.open(self._path(one.name), "rb")
            except FileNotFoundError:
                return None
            if _lying(one.name, file.stat()).mark != one.mark:
                file.close()
                return None
            file.prefetch(one.size)
            return shelf.opened(file, lambda: self._told_of(one))

    def remove(self, one: Lying) -> None:
        """Take a file away, unless another was put in its place."""
        with self._told_of(one):
            path = self._path(one.name)
            with suppress(FileNotFoundError):
                if _lying(one.name, self.talk.stat(path)).mark == one.mark:
                    self.talk.remove(path)

    def _path(self, name: str) -> bytes:
        path = f"{self.place.path.rstrip('/') or '.'}/{name}".rstrip("/")
        return path.encode("utf-8", "surrogateescape")

    @contextmanager
    def _told_of(self, one: Lying) -> Iterator[None]:
        """Say what went wrong with one file, if the talk itself goes on."""
        with _told(self.place):
            try:
                yield
            except OSError as error:
                if isinstance(error, TimeoutError) or self.talk.get_channel().closed:
                    raise
                raise Stuck(f"{self.place.host}: {one.name}: {error}.") from error


class _Talk(paramiko.SFTPClient):
    """A talk whose lists come piece by piece, however long they are, and with any name."""

    def listed(self, path: bytes) -> Iterator[Any]:
        """List a folder. What of a name is not UTF-8 stands in it as surrogates (PEP 383)."""
        handle = self._request(paramiko.sftp.CMD_OPENDIR, path)[1].get_string()
        while True:
            try:
                answer = self._request(paramiko.sftp.CMD_READDIR, handle)[1]
            except EOFError:  # that was the last
                break
            for _ in range(answer.get_int()):
                entry = _Entry(answer)
                if entry.filename not in (".", ".."):
                    yield entry
        self._request(paramiko.sftp.CMD_CLOSE, handle)


class _Entry(paramiko.SFTPAttributes):
    """One file of a list."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.filename = answer.get_string().decode("utf-8", "surrogateescape")
        if not self.filename:  # an answer that is over goes on with nothing
            raise paramiko.SSHException("it lists files without names")
        self.longname = answer.get_string()
        self._unpack(answer)


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
    with Patience(VISIT_S) as patience:
        with _told(place):
            line = socket.create_connection((address, place.port), LIMIT_S)
            patience.hold(line)
            transport = paramiko.Transport(line)
        try:
            with _told(place):
                _enter(transport, place)
                talk = _files_of(transport)
            yield talk
        finally:
            transport.close()


def _files_of(transport: Any) -> Any:
    channel = transport.open_session(timeout=LIMIT_S)
    channel.settimeout(LIMIT_S)
    channel.invoke_subsystem("sftp")
    return _Talk(channel)


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
        if place.secret.startswith(KEY):
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
