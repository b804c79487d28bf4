"""The desk's picture form: the file speaks, the person decides, bad files are refused in words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.forms import get_image_form, get_image_multi_form
from wagtail.models import Collection

from dateline.accounts.models import User
from dateline.media.models import Picture, Rendition
from dateline.outbox.models import FactRecord
from tests.media import builders

pytestmark = pytest.mark.django_db


def test_reads_the_file_where_nothing_was_typed(editor, ferry_file):
    form = upload(editor, ferry_file, title="ferry.jpg", caption="My own words.")

    picture = form.save()

    picture.refresh_from_db()
    assert (picture.title, picture.caption) == ("Ferry leaves", "My own words.")
    assert (picture.credit, picture.description) == ("HP via KNS", "A white ferry.")
    assert (picture.guid, picture.instructions) == ("urn:example:ferry", "NO ARCHIVES")
    assert len(picture.sha256) == 64
    assert picture.file_size == len(ferry_file)
    assert not FactRecord.objects.exists()


def test_keeps_a_title_that_was_typed(editor, ferry_file):
    assert upload(editor, ferry_file, title="The ferry at dawn").save().title == "The ferry at dawn"


def test_reads_the_file_when_wagtail_saves_it_later(editor, ferry_file):
    picture = upload(editor, ferry_file).save(commit=False)
    picture.uploaded_by_user = editor
    picture.save()

    assert Picture.objects.get().credit == "HP via KNS"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (builders.picture()[:-2], "ferry.jpg is cut off"),
        (b"GIF89a", "ferry.jpg is not a JPEG or WebP picture. Save it as one of these."),
    ],
    ids=["cut off", "GIF"],
)
def test_refuses_a_bad_file_in_our_words(editor, data, sentence):
    form = upload(editor, data)

    assert not form.is_valid()
    assert form.errors["file"][0].startswith(sentence)


def test_refuses_a_bomb_before_a_pixel_is_decoded(editor):
    data = bytearray(builders.picture())
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = (30_000).to_bytes(2, "big") * 2

    assert (
        upload(editor, bytes(data))
        .errors["file"][0]
        .startswith("ferry.jpg is 30,000 by 30,000 pixels; the limit is 100 million in all.")
    )


def test_leaves_wagtails_own_rules_standing(editor):
    form = upload(editor, builders.picture("WEBP"))  # named .jpg

    assert form.errors["file"] == [
        "Not a valid .jpeg image. The extension does not match the file format (webp)"
    ]


def test_asks_for_a_file(editor):
    form = get_image_form(Picture)({"title": "x"}, {}, user=editor)

    assert form.errors["file"] == ["This field is required."]


def test_refuses_a_file_the_library_has(editor, ferry, ferry_file):
    form = upload(editor, ferry_file)

    assert form.errors.as_text() == (
        f"* file\n  * This file is in the library as Ferry leaves (#{ferry.pk}). "
        "Use that picture, or replace its words."
    )


def test_a_change_of_words_is_a_fact_and_drops_the_copies(editor, ferry):
    ferry.get_rendition("width-320")

    form = edit(editor, ferry, credit="HP via KNS/AFN")
    assert form.is_valid(), form.errors
    form.save()

    ferry.refresh_from_db()
    assert ferry.credit == "HP via KNS/AFN"
    assert not Rendition.objects.exists()
    fact = FactRecord.objects.get(name="picture.changed")
    assert (fact.payload["picture_id"], fact.payload["by"]) == (ferry.pk, str(editor))


def test_a_change_that_no_reader_sees_is_no_fact(editor, ferry):
    ferry.get_rendition("width-320")

    edit(editor, ferry, title="For the archive").save()

    assert Rendition.objects.count() == 1
    assert not FactRecord.objects.filter(name="picture.changed").exists()


def test_a_new_file_brings_its_own_checksum(editor, ferry):
    before = ferry.sha256
    form = edit(editor, ferry, file=builders.picture(size=(80, 80)))

    form.save()

    ferry.refresh_from_db()
    assert ferry.sha256 != before
    assert (ferry.width, ferry.height) == (80, 80)
    assert ferry.credit == "HP via KNS"
    assert FactRecord.objects.filter(name="picture.changed").count() == 1


def test_reads_a_file_that_wagtail_had_kept_aside(editor, ferry_file):
    picture = Picture()
    fields = {"title": "ferry", "collection": Collection.get_first_root_node().pk}
    form = get_image_multi_form(Picture)(fields, instance=picture, user=editor)
    assert "file" not in form.fields
    assert form.is_valid(), form.errors
    picture.file.save("ferry.jpg", SimpleUploadedFile("ferry.jpg", ferry_file), save=False)
    picture._set_image_file_metadata()

    form.save()
    picture.file.close()

    picture.refresh_from_db()
    assert (picture.title, picture.credit) == ("Ferry leaves", "HP via KNS")


def test_asks_a_machine_for_its_name_too(ferry):
    form = get_image_form(Picture, ["caption"])({"caption": "New."}, instance=ferry)
    assert form.is_valid()

    form.save()

    assert FactRecord.objects.get(name="picture.changed").payload["by"] == "the desk"


def upload(user, data, **fields):
    values = {"title": "ferry", "collection": Collection.get_first_root_node().pk} | fields
    file = SimpleUploadedFile("ferry.jpg", data, "image/jpeg")
    form = get_image_form(Picture)(values, {"file": file}, user=user)
    form.is_valid()
    return form


def edit(user, picture, *, file=None, **changes):
    kind = get_image_form(Picture)
    values = {
        name: value for name, value in kind(instance=picture, user=user).initial.items() if value
    }
    values |= {"collection": Collection.get_first_root_node().pk, "tags": ""} | changes
    files = {"file": SimpleUploadedFile("new.jpg", file, "image/jpeg")} if file else {}
    form = kind(values, files, instance=picture, user=user)
    form.is_valid()
    return form


@pytest.fixture
def editor(files):
    return User.objects.create_superuser("ana@harbour.test", "pass")
