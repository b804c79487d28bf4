"""Objects from a server that speaks S3: each once, and again when it changes."""

import boto3
import pytest
from moto.server import ThreadedMotoServer

from dateline.wire.adapters.pickups import s3 as adapter
from dateline.wire.domain.pickups import Away, Kind, Place, parts_of

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def endpoint():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint, request):
    name = f"wire-{abs(hash(request.node.name)) % 10**6}"
    client = boto3.client(
        "s3", endpoint_url=endpoint, region_name="us-east-1",
        aws_access_key_id="me", aws_secret_access_key="s3cret",
    )  # fmt: skip
    client.create_bucket(Bucket=name)
    return client, name


@pytest.fixture
def visit(endpoint, bucket):
    def look(cursor=None, *, name=bucket[1], prefix="", allowed=True, **options):
        place = Place(
            kind=Kind.S3, parts=parts_of(Kind.S3, f"s3://{name}/{prefix}"), user="me",
            secret="s3cret", options={"endpoint": endpoint, **options}, private_allowed=allowed,
        )  # fmt: skip
        came, at = [], cursor or {}
        for one in adapter.files(place, at):
            if one.data is not None:
                came.append((one.name, one.data.read()))
            at = one.cursor
        return came, at

    return look


def put(bucket, key, data):
    bucket[0].put_object(Bucket=bucket[1], Key=key, Body=data)


def keys(bucket):
    found = bucket[0].list_objects_v2(Bucket=bucket[1])
    return [one["Key"] for one in found.get("Contents", [])]


def test_objects_below_the_prefix_come_once_and_again_when_they_change(bucket, visit):
    for key, data in {
        "en/a.json": b"A",
        "en/day/b.json": b"B",
        "en/": b"",
        "ja/c.json": b"C",
    }.items():
        put(bucket, key, data)
    first, cursor = visit(prefix="en/")
    put(bucket, "en/a.json", b"A2")
    second, cursor = visit(cursor, prefix="en/")

    assert sorted(first) == [("en/a.json", b"A"), ("en/day/b.json", b"B")]
    assert second == [("en/a.json", b"A2")]
    assert visit(cursor, prefix="en/")[0] == []
    assert len(keys(bucket)) == 4


def test_what_was_taken_is_removed_where_it_may_be(bucket, visit):
    put(bucket, "a.json", b"A")

    assert visit(remove=True, region="us-east-1")[0] == [("a.json", b"A")]
    assert keys(bucket) == []


@pytest.mark.parametrize("goes", [True, False])
def test_an_object_that_goes_or_changes_between_two_steps_is_left(bucket, visit, monkeypatch, goes):
    put(bucket, "a.json", b"A")
    whole = adapter.shelf.Memory.whole

    def meanwhile(memory, lying):
        found = whole(memory, lying)
        if goes:
            bucket[0].delete_object(Bucket=bucket[1], Key="a.json")
        else:
            put(bucket, "a.json", b"AA")
        return found

    monkeypatch.setattr(adapter.shelf.Memory, "whole", meanwhile)
    assert visit()[0] == []


def test_a_bucket_that_is_not_there_is_told_in_a_sentence(visit):
    with pytest.raises(Away, match="NoSuchBucket"):
        visit(name="nobodys")


def test_an_object_that_cannot_be_had_is_told_in_a_sentence(bucket, visit, monkeypatch):
    put(bucket, "a.json", b"A")
    monkeypatch.setattr(adapter, "GONE", frozenset())
    whole = adapter.shelf.Memory.whole
    monkeypatch.setattr(
        adapter.shelf.Memory, "whole",
        lambda memory, lying: [adapter.Lying(one.name, 1, '"0"') for one in whole(memory, lying)],
    )  # fmt: skip

    with pytest.raises(Away, match=r"PreconditionFailed|NoSuchKey|412"):
        visit()


def test_this_machine_is_not_asked_where_only_public_addresses_may_be(visit):
    with pytest.raises(Away, match="no public address"):
        visit(allowed=False)


def test_amazons_own_is_asked_where_no_server_is_named():
    place = Place(kind=Kind.S3, parts=parts_of(Kind.S3, "s3://bucket/x/"))

    assert adapter._client(place).meta.endpoint_url == "https://s3.amazonaws.com"
