"""A shelf in a bucket of S3, or of any server that speaks it, with boto3."""

import socket
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import boto3
from botocore import awsrequest, exceptions, httpsession
from botocore import config as settings

from dateline.fetch import PORTS, address_of
from dateline.wire.adapters.pickups import shelf
from dateline.wire.adapters.pickups.patience import VISIT_S, Patience
from dateline.wire.domain.pickups import Away, Came, Place, Stuck
from dateline.wire.domain.shelves import Lying

LIMIT_S = 15.0  # for each step of the talk
LONGEST = 16 * 1024 * 1024  # bytes of an answer that is no object: 1,000 of the longest keys
GONE = frozenset({"NoSuchKey", "404", "PreconditionFailed", "412"})
UNKNOWN = frozenset({"NotImplemented", "501"})  # said of a condition by older servers
OF_ONE = frozenset({400, 403, 404, 409})  # statuses that may be about one object only


def files(place: Place, cursor: Mapping[str, Any]) -> Generator[Came, None, None]:
    """Give each object below the prefix that is new, or that changed.

    Raises:
        Away: the bucket cannot be read; says why.

    """
    with Patience(VISIT_S) as patience:
        with _told(place):
            session = _Session(place, patience)
            client = _client(place, session)
        with closing(session):
            bucket = Bucket(client, place)
            yield from shelf.files(bucket, cursor, remove=bool(place.options.get("remove")))


class Bucket:
    """The objects below a prefix. One is there when it is whole."""

    grows = False

    def __init__(self, client: Any, place: Place) -> None:
        self.client, self.place = client, place

    def lying(self) -> Iterator[Lying]:
        """List the objects; what only stands for a folder is none."""
        with _told(self.place):
            every = self.client.get_paginator("list_objects_v2")
            for page in every.paginate(Bucket=self.place.host, Prefix=self.place.path):
                for entry in page.get("Contents", []):
                    if not entry["Key"].endswith("/"):
                        order = (entry["LastModified"].timestamp(),)
                        yield Lying(entry["Key"], entry["Size"], entry["ETag"], order)

    def open(self, one: Lying) -> BinaryIO | None:
        """Open an object, if it is still the one that was listed."""
        with self._told_of(one):
            try:
                found = self.client.get_object(**self._named(one), IfMatch=one.mark)
            except exceptions.ClientError as error:
                if _code(error) in GONE:
                    return None
                raise
            return shelf.opened(found["Body"], lambda: self._told_of(one))

    def remove(self, one: Lying) -> None:
        """Take an object away, unless another was put in its place."""
        with self._told_of(one):
            try:
                if self.client.head_object(**self._named(one))["ETag"] == one.mark:
                    self._delete(one)
            except exceptions.ClientError as error:
                if _code(error) not in GONE:
                    raise

    def _delete(self, one: Lying) -> None:
        try:
            self.client.delete_object(**self._named(one), IfMatch=one.mark)
        except exceptions.ClientError as error:
            if _code(error) not in UNKNOWN:
                raise
            self.client.delete_object(**self._named(one))

    def _named(self, one: Lying) -> dict[str, str]:
        return {"Bucket": self.place.host, "Key": one.name}

    @contextmanager
    def _told_of(self, one: Lying) -> Iterator[None]:
        """Say what went wrong with one object, if the server answered."""
        with _told(self.place):
            try:
                yield
            except exceptions.ClientError as error:
                status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
                if status not in OF_ONE:
                    raise
                raise Stuck(f"{self.place.host}: {one.name}: {error}") from error


def _code(error: Any) -> str:
    return str(error.response.get("Error", {}).get("Code"))


@contextmanager
def _told(place: Place) -> Iterator[None]:
    """Say what went wrong in words for an editor."""
    try:
        yield
    except (OSError, exceptions.BotoCoreError, exceptions.ClientError) as error:
        raise Away(f"{place.host}: {error}") from error


def _client(place: Place, session: "_Session") -> Any:
    endpoint = place.options.get("endpoint") or None
    if endpoint:
        parts = urlsplit(endpoint)
        port = parts.port or PORTS[parts.scheme]
        address_of(parts.hostname or "", port, private_allowed=place.private_allowed)
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=place.options.get("region") or "us-east-1",
        aws_access_key_id=place.user,
        aws_secret_access_key=place.secret,
        config=settings.Config(
            retries={"max_attempts": 1},
            s3={"addressing_style": "path" if endpoint else "auto"},
        ),
    )
    client.meta.events.register("before-send.s3", lambda request, **_: session.send(request))
    return client


class _Session(httpsession.URLLib3Session):
    """Speaks to the address that was looked at, wherever a name leads to a moment later.

    No proxy is asked. An answer that is read whole, as a list is and an object is not, has an end.
    """

    def __init__(self, place: Place, patience: Patience) -> None:
        super().__init__(timeout=(LIMIT_S, LIMIT_S))

        def connect(connection: Any) -> socket.socket:
            host, port = connection.host, connection.port
            try:
                address = address_of(host, port, private_allowed=place.private_allowed)
                line = socket.create_connection((address, port), LIMIT_S)
            except OSError as error:  # what urllib3 says itself then
                raise httpsession.NewConnectionError(connection, str(error)) from error
            patience.hold(line)
            return line

        self._manager.pool_classes_by_scheme = {
            "http": _pool(awsrequest.AWSHTTPConnectionPool, connect),
            "https": _pool(awsrequest.AWSHTTPSConnectionPool, connect),
        }


def _pool(pool: Any, connect: Callable[[Any], socket.socket]) -> Any:
    """Return a kind of urllib3's pools whose connections are opened by `connect`."""
    plain = pool.ConnectionCls

    def answered(connection: Any) -> Any:
        answer = plain.getresponse(connection)
        whole = answer.stream
        answer.stream = lambda: _limited(whole())
        return answer

    methods = {"_new_conn": connect, "getresponse": answered}
    return type("Pool", (pool,), {"ConnectionCls": type("Pinned", (plain,), methods)})


def _limited(pieces: Iterator[bytes]) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > LONGEST:
            raise OSError(f"its answer is larger than {LONGEST // 2**20} MB")
        yield piece
