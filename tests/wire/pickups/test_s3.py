"""Objects from a server that speaks S3: each once, and again when it changes."""

import socket

import boto3
import pytest
from moto.server import ThreadedMotoServer

from dateline.wire.adapters.pickups import s3 as adapter
from dateline.wire.domain.pickups import Away, Kind, Place, Stuck, parts_of
from tests.wire.pickups.slow import Slow

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
    def look(cursor=None, *, name=bucket[1], prefix="", allowed=True, told=None, **options):
        place = Place(
            kind=Kind.S3, parts=parts_of(Kind.S3, f"s3://{name}/{prefix}"), user="me",
            secret="s3cret", options={"endpoint": endpoint, **options}, private_allowed=allowed,
        )  # fmt: skip
        came, at = [], cursor or {}
        for one in adapter.files(place, at):
            if one.data is not None:
                came.append((one.name, one.data.read()))
            if one.refusal and told is not None:
                told.append(one.refusal)
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


def test_an_object_that_cannot_be_had_is_told_and_the_others_come(bucket, visit):
    bucket[0].put_object(Bucket=bucket[1], Key="a.json", Body=b"A", StorageClass="GLACIER")
    put(bucket, "b.json", b"B")
    told = []

    assert visit(told=told)[0] == [("b.json", b"B")]
    assert "InvalidObjectState" in told[0]


def test_a_name_may_be_as_long_as_names_are_there(bucket, visit):
    key = "en/" + "é" * 400 + ".json"
    put(bucket, key, b"A")

    assert visit()[0] == [(key, b"A")]


@pytest.mark.parametrize("when", ["before", "between"])
def test_an_object_that_was_put_in_its_place_meanwhile_is_not_removed(
    bucket, visit, monkeypatch, when
):
    put(bucket, "latest.json", b"A")
    step = "remove" if when == "before" else "_delete"
    real = getattr(adapter.Bucket, step)

    def replaced(shelf, one):
        put(bucket, "latest.json", b"B")
        real(shelf, one)

    monkeypatch.setattr(adapter.Bucket, step, replaced)
    told = []
    _, cursor = visit(remove=True, told=told)
    monkeypatch.undo()

    assert visit(cursor)[0] == [("latest.json", b"B")]
    assert told == []


class Refusing:
    """A client whose server answers each step as it is told: a status, a code, or nothing."""

    def __init__(self, **answers):
        self.answers, self.asked = answers, []

    def __getattr__(self, step):
        def ask(**fields):
            self.asked.append((step, "IfMatch" in fields))
            status, code = self.answers.get(step, [(0, "")]).pop(0)
            if status:
                said = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
                raise adapter.exceptions.ClientError(said, step)
            return {"ETag": '"1"'}

        return ask


def removed(**answers):
    client = Refusing(head_object=[(0, "")], **answers)
    place = Place(kind=Kind.S3, parts=parts_of(Kind.S3, "s3://bucket/x/"))
    adapter.Bucket(client, place).remove(adapter.Lying("a", 1, '"1"'))
    return client.asked[1:]


def test_a_server_that_knows_no_conditions_removes_without(monkeypatch):
    old = [(501, "NotImplemented"), (0, "")]

    assert removed(delete_object=old) == [("delete_object", True), ("delete_object", False)]


@pytest.mark.parametrize(
    ("answer", "trouble"), [((403, "AccessDenied"), Stuck), ((503, "SlowDown"), Away)]
)
def test_what_may_not_be_removed_is_told_of_it_and_a_busy_server_of_all(answer, trouble):
    with pytest.raises(trouble, match=answer[1]):
        removed(delete_object=[answer])


def test_a_server_that_drips_is_given_up_after_a_while(visit, monkeypatch):
    monkeypatch.setattr(adapter, "VISIT_S", 0.5)

    slow = Slow(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n")
    with slow, pytest.raises(Away, match=r"took longer than 0\.5 seconds"):
        visit(endpoint=f"http://127.0.0.1:{slow.port}")


def test_nobody_at_home_is_told(visit):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(Away, match="Could not connect to the endpoint"):
        visit(endpoint=f"http://127.0.0.1:{port}")


def test_a_list_without_an_end_is_given_up(bucket, visit, monkeypatch):
    monkeypatch.setattr(adapter, "LONGEST", 10)

    with pytest.raises(Away, match="its answer is larger than 0 MB"):
        visit()


def test_a_name_that_leads_elsewhere_a_moment_later_is_not_followed(visit, monkeypatch):
    """The second look of somebody else is not asked: the line goes where we looked ourselves."""
    first = iter(["93.184.215.14"])

    def looked_up(host, port, *_, **__):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(first, "127.0.0.1"), port))]

    with Slow(b"") as inside:
        monkeypatch.setattr(socket, "getaddrinfo", looked_up)
        with pytest.raises(Away, match="Could not connect"):
            visit(endpoint=f"http://bucket.example:{inside.port}", allowed=False)
        assert inside.lines == 0


def test_this_machine_is_not_asked_where_only_public_addresses_may_be(visit):
    with pytest.raises(Away, match="no public address"):
        visit(allowed=False)


def test_amazons_own_is_asked_where_no_server_is_named():
    place = Place(kind=Kind.S3, parts=parts_of(Kind.S3, "s3://bucket/x/"))

    assert adapter._client(place, None).meta.endpoint_url == "https://s3.amazonaws.com"
