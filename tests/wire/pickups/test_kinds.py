"""Each kind of place has its way, and one whose library is missing says what to install."""

import sys
from importlib import import_module

import pytest

from dateline.wire.adapters.pickups import kinds
from dateline.wire.domain.pickups import EXAMPLES, Away, Kind, Place, parts_of


def place(kind):
    return Place(kind=kind, parts=parts_of(kind, EXAMPLES[kind]))


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_its_way(kind):
    coming = kinds.fetch(place(kind), {})
    coming.close()  # nothing was asked yet

    assert coming.gi_code.co_name == kinds.WAYS[kind][1]


@pytest.mark.parametrize(("kind", "library"), [(Kind.SFTP, "paramiko"), (Kind.S3, "boto3")])
def test_without_its_library_it_says_what_to_install(monkeypatch, kind, library):
    module = kinds.WAYS[kind][0]
    import_module(f"{kinds.__package__}.{module}")
    monkeypatch.delitem(sys.modules, f"{kinds.__package__}.{module}")
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(Away, match=rf"dateline\[{kind}\]"):
        kinds.fetch(place(kind), {})
