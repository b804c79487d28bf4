"""A shelf in a bucket of S3, or of any server that speaks it, with boto3."""

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import boto3
from botocore import config as settings
from botocore import exceptions

from dateline.fetch import PORTS, address_of
from dateline.wire.adapters.pickups import shelf
from dateline.wire.domain.pickups import Away, Came, Place
from dateline.wire.domain.shelves import Lying

LIMIT_S = 15.0  # for each step of the talk
GONE = frozenset({"NoSuchKey", "404", "PreconditionFailed", "412"})


def files(place: Place, cursor: Mapping[str, Any]) -> Generator[Came, None, None]:
    """Give each object below the prefix that is new, or that changed.

    Raises:
        Away: the bucket cannot be read; says why.

    """
    with _told(place):
        bucket = Bucket(_client(place), place)
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
        with _told(self.place):
            try:
                found = self.client.get_object(
                    Bucket=self.place.host, Key=one.name, IfMatch=one.mark
                )
            except exceptions.ClientError as error:
                if error.response.get("Error", {}).get("Code") in GONE:
                    return None
                raise
            return shelf.opened(found["Body"], lambda: _told(self.place))

    def remove(self, one: Lying) -> None:
        """Take an object away."""
        with _told(self.place):
            self.client.delete_object(Bucket=self.place.host, Key=one.name)


@contextmanager
def _told(place: Place) -> Iterator[None]:
    """Say what went wrong in words for an editor."""
    try:
        yield
    except (OSError, exceptions.BotoCoreError, exceptions.ClientError) as error:
        raise Away(f"{place.host}: {error}") from error


def _client(place: Place) -> Any:
    endpoint = place.options.get("endpoint") or None
    if endpoint:
        parts = urlsplit(endpoint)
        port = parts.port or PORTS[parts.scheme]
        address_of(parts.hostname or "", port, private_allowed=place.private_allowed)
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=place.options.get("region") or "us-east-1",
        aws_access_key_id=place.user,
        aws_secret_access_key=place.secret,
        config=settings.Config(
            connect_timeout=LIMIT_S, read_timeout=LIMIT_S, retries={"max_attempts": 1},
            s3={"addressing_style": "path" if endpoint else "auto"},
        ),
    )  # fmt: skip
