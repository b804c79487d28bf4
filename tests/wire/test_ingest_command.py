"""dateline wire ingest: a file or a folder, taken in by hand."""

import pytest
from django.core.management import CommandError, call_command

from dateline.wire import models
from tests.factories.documents import ninjs
from tests.factories.wire import a_provider


def test_takes_in_a_folder_and_says_what_became_of_each_file(kna, tmp_path, capsys):
    folder = tmp_path / "day"
    folder.mkdir()
    (folder / "a.json").write_bytes(ninjs())
    (folder / "b.txt").write_bytes(b"hello")
    (folder / "c.json").write_bytes(ninjs())

    with pytest.raises(SystemExit) as ended:
        call_command("wire", "ingest", str(folder), "--provider", "kna")

    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith(str(folder))]
    assert ended.value.code == 2
    assert said[0] == f"{folder / 'a.json'}: read, 1 new"
    assert said[1].startswith(f"{folder / 'b.txt'}: in quarantine. b.txt: ")
    assert said[2] == f"{folder / 'c.json'}: known already"
    assert models.WireItem.objects.count() == 1


def test_the_only_provider_need_not_be_named(kna, tmp_path, capsys):
    (tmp_path / "a.json").write_bytes(ninjs())
    call_command("wire", "ingest", str(tmp_path / "a.json"))

    assert capsys.readouterr().out.endswith("a.json: read, 1 new\n")


@pytest.mark.parametrize("named", ["", "kan"])
def test_several_providers_or_a_wrong_name_are_listed(kna, tmp_path, named):
    a_provider("efe", "EFE")
    with pytest.raises(CommandError, match="Providers: efe, kna"):
        call_command("wire", "ingest", str(tmp_path), "--provider", named)


def test_without_any_provider_it_says_where_to_add_one(db, tmp_path):
    with pytest.raises(CommandError, match=r"Providers: none yet\. The desk adds one"):
        call_command("wire", "ingest", str(tmp_path))


def test_a_path_that_is_not_there_is_said(kna, tmp_path):
    with pytest.raises(CommandError, match="there is no such file or folder"):
        call_command("wire", "ingest", str(tmp_path / "none"))
