"""A file that somebody tries: what it would do is said, and nothing of it is kept."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.outbox.models import FactRecord
from dateline.stories.models import Story
from dateline.wire import models
from dateline.wire.services import intake, trying
from tests.factories.documents import g2, ninjs
from tests.factories.newsroom import a_masthead, a_story

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
RESEND = "We have this version already: a resend changes nothing."


@pytest.fixture(autouse=True)
def reading_place(places, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def have(kna, tmp_path):
    """have(data): take a file in for good."""

    def take(data, name="a.json"):
        path = tmp_path / name
        path.write_bytes(data)
        return list(intake.ingest_path(path, kna))

    return take


def text(response):
    return " ".join(response.content.decode().split())


def dropped(client, data, *, provider="kna", name="a.json"):
    return client.post(
        "/wire/try/", {"provider": provider, "file": SimpleUploadedFile(name, data)}
    )  # fmt: skip


def does(client, data):
    """What is said of the only item of a file."""
    (one,) = dropped(client, data).context["found"]
    return one.state, one.does, [headline for _, headline in one.stories]


def test_it_is_asked_for_on_the_wire_and_says_what_it_does(ana, kna):
    assert 'href="/wire/try/"' in text(ana.get("/wire/"))
    page = text(ana.get("/wire/try/"))
    assert "Nothing of it is kept, and nothing happens." in page
    assert '<option value="kna">KNA</option>' in page


def test_nothing_of_it_is_kept(ana, kna, places):
    page = text(dropped(ana, ninjs(copyrightnotice="© KNA"), name="ferry.json"))

    assert "ferry.json: 1 item" in page
    assert "Ferry returns to harbour" in page
    assert "The ferry came back at noon." in page
    assert "urn:kna:1, version 1" in page
    assert not models.RawDelivery.objects.exists()
    assert not models.WireItem.objects.exists()
    assert not FactRecord.objects.filter(name__startswith="wire.").exists()
    assert not (places.parent / "data" / "raw").exists()


def test_what_no_rule_publishes_stands_on_the_wire(ana, kna):
    assert does(ana, ninjs()) == (
        "usable", ("It stands on the wire until an editor makes a story of it.",), [],
    )  # fmt: skip


def test_what_a_rule_publishes_is_told_with_its_place(ana, kna):
    site = a_masthead()
    kna.auto_masthead, kna.auto_section = site, site.sections.get(slug="world")
    kna.save()
    soon = "2026-12-24T09:00:00Z"

    assert does(ana, ninjs())[1] == (f"It is published by itself: {site.name}, world.",)
    embargoed = ninjs(embargoed=soon)
    assert does(ana, embargoed)[1][0].endswith("Readers see it when its embargo ends.")
    assert does(ana, ninjs(body_html=None))[1] == (
        "It stands on the wire: only text with a body is published by itself.",
    )


def test_a_new_version_names_the_stories_that_follow_it(ana, kna, have):
    a_masthead()
    have(ninjs())
    a_story("The ferry", provider=kna, wire_family="urn:kna:1")

    assert does(ana, ninjs()) == ("usable", (RESEND,), ["The ferry"])
    state, said, stories = does(ana, ninjs(version="2", headline="Ferry is late"))
    assert (state, stories) == ("usable", ["The ferry"])
    assert said[0].startswith("Its text replaces that of each of these stories")
    models.Provider.objects.update(auto_update=False)
    assert does(ana, ninjs(version="2"))[1][0].startswith("It is offered to whoever edits")


def test_an_older_version_changes_nothing(ana, kna, have):
    have(ninjs(version="3"))

    assert does(ana, ninjs(version="2"))[1] == (
        "Something newer is here: it is kept as history and changes nothing.",
    )


def test_a_kill_names_what_it_takes_down(ana, kna, have):
    a_masthead()
    have(ninjs())
    kill = g2(version=2, status="canceled")
    assert does(ana, kill)[1] == (
        "It takes down every version of this item. No story was made of it.",
    )
    story = a_story("The ferry", provider=kna, wire_family="urn:kna:1")

    state, said, stories = does(ana, kill)
    assert (state, said, stories) == (
        "killed", ("It takes these stories down at once, with their pictures:",), ["The ferry"],
    )  # fmt: skip
    assert Story.objects.get(pk=story.pk).live
    have(kill, "kill.xml")
    assert does(ana, ninjs())[1] == (RESEND,)
    late = ninjs(version="1", headline="Another text", versioncreated="2026-11-23T08:00:00Z")
    assert does(ana, late)[:2] == (
        "killed", ("The agency took it down before it came: it stays down.",),
    )  # fmt: skip


def test_what_needs_a_person_says_why(ana, kna, have):
    a_masthead()
    held = ninjs(version="2", pubstatus="withheld", embargoed=None)
    state, _, _ = does(ana, held)
    assert state in {"held", "killed"}
    doubtful = g2(version=2, text="The ferry.").replace(b"<pubStatus", b"<embargoed/><pubStatus")
    assert does(ana, doubtful)[:2] == (
        "held", ("It is held: nobody can publish it before a person has looked.",),
    )  # fmt: skip
    a_story("The ferry", provider=kna, wire_family="urn:kna:1")
    assert does(ana, doubtful)[1][0].startswith("It is held, what it forbids holds for these")
    assert "Why: " in text(dropped(ana, doubtful))


def test_a_kill_in_words_asks_a_person(ana, kna):
    (one,) = dropped(ana, ninjs(
        family="urn:kna:9", headline="Please kill FERRY/RETURN",
        body_html="<p>Please kill the story slugged FERRY/RETURN.</p>",
    )).context["found"]  # fmt: skip

    assert one.does[-1].startswith("It asks for a kill in words only")


def test_what_cannot_be_read_says_why(ana, kna):
    page = text(dropped(ana, b"\x00\x01\x02", name="noise.bin"))

    assert "noise.bin cannot be read" in page
    assert "It would lie in quarantine" in page
    assert "noise.bin cannot be read" in text(dropped(ana, b"", name="noise.bin"))
    assert not models.RawDelivery.objects.exists()


@pytest.mark.parametrize("given_", [{}, {"provider": "efe"}])
def test_a_form_that_is_not_filled_in_says_so(ana, kna, given_):
    page = text(ana.post("/wire/try/", given_))

    assert "This field is required." in page
    assert "found" not in page


def test_it_is_for_whoever_keeps_the_providers(desk, kna):
    reader_of_the_wire = desk("wire.view_wireitem")
    assert reader_of_the_wire.get("/wire/try/").status_code in {302, 403}
    assert "Try a file" not in text(reader_of_the_wire.get("/wire/"))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    first=st.integers(1, 4), second=st.integers(1, 4), kills=st.booleans(),
    words=st.sampled_from(["The ferry.", "Another ferry."]),
)  # fmt: skip
def test_what_is_foreseen_is_what_happens(have, kna, tmp_path, first, second, kills, words):
    for rows in (models.WireItem, models.RawDelivery, FactRecord):
        rows.objects.all().delete()
    have(g2(version=first, text="The ferry."), "first.xml")
    data = g2(version=second, status="canceled" if kills else "usable", text=words)
    with (tmp_path / "second.xml").open("wb+") as file:
        file.write(data)
        file.seek(0)
        (tried,) = trying.try_file(file, name="second.xml", provider=kna, at=NOON)
    before = set(models.WireItem.objects.values_list("pk", flat=True))
    facts = FactRecord.objects.count()
    have(data, "second.xml")

    stored = models.WireItem.objects.exclude(pk__in=before)
    assert [(one.version, one.usability, one.reason) for one in stored] == (
        [(tried.row.version, tried.row.usability, tried.row.reason)] if tried.effect else []
    )
    told = FactRecord.objects.count() > facts
    assert told == (tried.effect in {"newest", "kills", "needs_person"})
