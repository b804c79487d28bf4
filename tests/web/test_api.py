"""The public interface: what programs read of a title, and that a story that is gone is gone."""

import json
from datetime import timedelta

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from dateline.media import services as media
from dateline.polls.models import Poll
from dateline.polls.services import ask
from dateline.stories import models
from dateline.stories.services import kills, publishing
from dateline.stories.services.drafting import save_person, save_topic
from dateline.web.api import PAGE
from dateline.web.api_blocks import WRITERS
from dateline.web.domain.openapi import schemas
from tests.factories.newsroom import LEGAL, a_draft, a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import HOUR, NOON, shelve
from tests.factories.wire import a_provider, a_wire_item

pytestmark = pytest.mark.django_db

ORIGIN = "http://musashi.localhost:8000"
STORIES = "/api/1/stories"


def told(reader, path, schema, status=200):
    """An answer, once it is what the description says of it."""
    answer = reader.get(path)
    assert answer.status_code == status, answer.content
    kind = "application/problem+json" if status >= 400 else "application/json"
    assert answer["Content-Type"] == kind
    assert answer["Access-Control-Allow-Origin"] == "*"
    data = json.loads(answer.content)
    named = {"$ref": f"#/components/schemas/{schema}", "components": {"schemas": schemas()}}
    checker = Draft202012Validator.FORMAT_CHECKER
    Draft202012Validator(named, format_checker=checker).validate(data)
    return data


def test_the_interface_describes_itself(reader):
    answer = reader.get("/api/1/openapi.json")

    described = json.loads(answer.content)
    validate(described)
    assert described["servers"] == [{"url": ORIGIN}]
    assert set(described["paths"]) == {
        "/api/1/", "/api/1/changes", STORIES, f"{STORIES}/{{id}}", f"{STORIES}/{{id}}/versions",
    }  # fmt: skip
    assert reader.get("/api/1/openapi.json", if_none_match=answer["ETag"]).status_code == 304


def test_a_title_tells_its_sections(reader):
    data = told(reader, "/api/1/", "Title")

    assert data["name"] == "Musashi"
    assert [(one["slug"], one["stories"]) for one in data["sections"]] == [
        ("world", f"{ORIGIN}{STORIES}?section=world"),
        ("politics", f"{ORIGIN}{STORIES}?section=politics"),
    ]


def test_a_list_is_newest_first_and_each_story_leads_to_its_whole(reader):
    picture = a_picture(caption="A quay.", credit="VEYRAN TV via KNA", size=(1600, 1000))
    story = a_story("Ferry & boats", standfirst="At noon.", lead_picture=picture, at=NOON)
    shelve(["Older"], at=NOON - HOUR)

    data = told(reader, STORIES, "List")

    assert [one["headline"] for one in data["stories"]] == ["Ferry & boats", "Older"]
    assert data["next"] is None
    first = data["stories"][0]
    assert first["published"] == "2026-11-20T03:00:00Z"
    assert first["url"] == f"{ORIGIN}/world/ferry-boats-{story.pk}"
    assert first["picture"]["url"].startswith(f"{ORIGIN}/media/pictures/")
    assert first["picture"]["credit"] == "VEYRAN TV via KNA"
    assert data["stories"][1]["picture"] is None
    assert told(reader, first["self"].removeprefix(ORIGIN), "Whole")["headline"] == "Ferry & boats"


def test_a_section_has_its_own_stories_only(reader):
    shelve([f"World {n}" for n in range(PAGE + 1)])
    shelve(["In parliament"], section="politics")

    one = told(reader, f"{STORIES}?section=politics", "List")
    walked = told(reader, f"{STORIES}?section=world", "List")

    assert [story["headline"] for story in one["stories"]] == ["In parliament"]
    assert walked["next"].startswith(f"{ORIGIN}{STORIES}?section=world&before=")
    rest = told(reader, walked["next"].removeprefix(ORIGIN), "List")
    assert [story["headline"] for story in rest["stories"]] == [f"World {PAGE}"]


def test_a_walk_loses_no_story_and_repeats_none_whatever_comes_meanwhile(reader):
    shelve([f"Story {n}" for n in range(PAGE)])
    shelve([f"Same moment {n}" for n in range(PAGE)], at=NOON - 100 * HOUR, step=timedelta())
    seen, path = [], STORIES
    while path:
        data = told(reader, path, "List")
        seen += [story["headline"] for story in data["stories"]]
        shelve([f"Meanwhile {len(seen)}"], at=NOON + HOUR / 4)
        path = (data["next"] or "").removeprefix(ORIGIN)

    assert len(seen) == 2 * PAGE
    assert len(set(seen)) == len(seen)


def test_a_walk_goes_on_from_a_story_that_was_killed(reader):
    first = a_story("First", at=NOON)
    a_story("Second", at=NOON - HOUR)
    kills.kill_story(first.pk, reason="Wrong.", by="Ana", at=NOON)

    data = told(reader, f"{STORIES}?before={first.pk}", "List")

    assert [story["headline"] for story in data["stories"]] == ["Second"]


def test_a_story_is_told_whole(reader):
    provider = a_provider(name="KNA")
    item = a_wire_item(provider, family="urn:kna:1")
    save_person(slug="hana", name="Hana Kurosawa", role="Correspondent")
    topic = models.Topic.objects.get(pk=save_topic(slug="ferries", name="Ferries"))
    draft = a_draft(
        "Ferry", people=("hana",), provider_id=provider.pk, wire_item_id=item.pk,
        wire_family="urn:kna:1", copyright_line="© 2026 KNA", usage_terms="No archive.",
    )  # fmt: skip
    draft.topics.add(topic)
    draft.save()
    draft.save_revision()
    publishing.publish_story(draft.pk, by="Ana", at=NOON)
    publishing.correct_story(draft.pk, kind="correction", text="Built in 1991.", by="Ana", at=NOON)

    data = told(reader, f"{STORIES}/{draft.pk}", "Whole")

    assert data["bylines"] == [{"name": "Hana Kurosawa", "role": "Correspondent"}]
    assert data["topics"] == [{"name": "Ferries", "slug": "ferries", "qcode": ""}]
    assert data["corrections"][0]["text"] == "Built in 1991."
    assert (data["agency"], data["usageterms"]) == ("KNA", "No archive.")
    assert data["copyright"] == ["© 2026 KNA", LEGAL]


def test_a_body_is_told_in_blocks_and_without_a_killed_picture(reader):
    drawn, killed = a_picture("quay", caption="A quay.", credit="KNA"), a_picture("old")
    body = [
        ("text", '<p>It <b>came</b> <a href="/world/">back</a>.</p><script>alert(1)</script>'),
        ("heading", "At noon"),
        ("picture", {"picture": drawn, "caption": "The old quay."}),
        ("picture", {"picture": killed, "caption": ""}),
        ("quote", {"text": "We are back.", "speaker": "The captain"}),
        ("factbox", {"title": "The ferry", "text": "<p>Built in 1990.</p>"}),
        ("wire", "<table><tr><td>1</td></tr></table>"),
    ]
    story = a_story("Ferry", body=body)
    media.kill_picture(killed.pk, reason="Wrong.", by="Ana", at=NOON)

    told_of = told(reader, f"{STORIES}/{story.pk}", "Whole")["body"]

    assert [block["type"] for block in told_of] == [
        "text", "heading", "picture", "quote", "factbox", "wire",
    ]  # fmt: skip
    text, heading, picture, quote, factbox, wire = told_of
    assert f'href="{ORIGIN}/world/"' in text["html"]
    assert "script" not in text["html"]
    assert heading["text"] == "At noon"
    assert picture["picture"]["caption"] == "The old quay."
    assert quote["speaker"] == "The captain"
    assert factbox["html"] == "<p>Built in 1990.</p>"
    assert "<td>1</td>" in wire["html"]


def test_what_makes_a_story_of_its_kind_is_told_too(reader):
    asked = ask("Night trains?", ["Yes", "No"], opens_at=NOON, by="Ana")
    doors = {"starts_at": NOON, "ends_at": NOON + HOUR, "venue": "Pier 3"}
    body = [
        ("saying", {"text": "It is late.", "speaker": "The conductor"}),
        ("event", {"name": "Boat day", **doors}),
        ("event", {"name": "Boat night", **doors, "ends_at": None, "cancelled": True}),
        ("paper", {"paper": "Evening Post", "headline": "Boats", "summary": "<p>Many.</p>"}),
        ("paper", {"paper": "Post", "headline": "More", "summary": "", "date": NOON.date()}),
        ("sender", {"name": "The port", "link": "https://port.example/"}),
        ("poll", Poll.objects.get(pk=asked)),
        ("poll", None),
    ]
    story = a_story(body=body)

    saying, day, night, paper, dated, sender, poll = told(reader, f"{STORIES}/{story.pk}", "Whole")[
        "body"
    ]

    assert (saying["speaker"], saying["source"]) == ("The conductor", "")
    assert (day["starts"], day["ends"]) == ("2026-11-20T03:00:00Z", "2026-11-20T04:00:00Z")
    assert (night["ends"], night["cancelled"]) == (None, True)
    assert (paper["html"], paper["date"]) == ("<p>Many.</p>", None)
    assert dated["date"] == "2026-11-20"
    assert sender["link"] == "https://port.example/"
    assert poll == {"type": "poll", "question": "Night trains?", "answers": ["Yes", "No"]}


def test_a_block_the_interface_does_not_know_is_named_and_nothing_more(reader, monkeypatch):
    monkeypatch.delitem(WRITERS, "heading")
    story = a_story(body=[("heading", "At noon")])

    assert told(reader, f"{STORIES}/{story.pk}", "Whole")["body"] == [{"type": "heading"}]


def test_versions_tell_every_text_readers_saw(reader):
    story = a_story("Eight islands", at=NOON - HOUR)
    publishing.update_story(story.pk, by="Ana", changes={"headline": "Seven islands"}, at=NOON)

    data = told(reader, f"{STORIES}/{story.pk}/versions", "History")

    assert [one["headline"] for one in data["versions"]] == ["Seven islands", "Eight islands"]
    assert data["versions"][0]["until"] is None
    assert data["versions"][1]["until"] == "2026-11-20T03:00:00Z"


@pytest.mark.parametrize("tail", ["", "/versions"])
def test_a_killed_story_is_canceled_and_nothing_of_it_is_repeated(reader, tail):
    story = a_story("Ferry sinks", at=NOON - HOUR)
    kills.kill_story(story.pk, reason="Wrong ferry.", by="Ana", at=NOON)

    data = told(reader, f"{STORIES}/{story.pk}{tail}", "Gone", status=410)

    assert (data["pubstatus"], data["reason"], data["id"]) == ("canceled", "killed", story.pk)
    assert data["since"] == "2026-11-20T03:00:00Z"
    assert "erry" not in json.dumps(data)


def test_a_story_that_was_taken_down_is_withheld(reader):
    story = a_story()
    publishing.withdraw_story(story.pk, reason="Checking.", by="Ana", at=NOON)

    data = told(reader, f"{STORIES}/{story.pk}", "Gone", status=410)

    assert (data["pubstatus"], data["reason"]) == ("withheld", "not_published")
    assert "Checking" not in json.dumps(data)


def test_a_licence_without_programs_keeps_the_story_from_them(reader):
    story = a_story("For people", licensed_uses=("web",))

    data = told(reader, f"{STORIES}/{story.pk}", "Gone", status=403)

    assert (data["pubstatus"], data["since"]) == ("withheld", None)
    assert "For people" not in json.dumps(data)
    assert told(reader, STORIES, "List")["stories"] == []


@pytest.mark.parametrize("path", [
    f"{STORIES}?section=nowhere", f"{STORIES}?before=0", f"{STORIES}?before=x", f"{STORIES}/0",
    f"{STORIES}?before=99", f"{STORIES}/ferry-1", f"{STORIES}/99", f"{STORIES}/99/versions",
    f"{STORIES}/{'9' * 40}", f"{STORIES}?before={'9' * 40}", "/api/1/nothing", "/api/1/stories/",
])  # fmt: skip
def test_what_is_not_there_says_so_and_what_to_do(reader, path):
    data = told(reader, path, "Problem", status=404)

    assert data["detail"]


def test_a_draft_and_a_story_of_another_title_are_nowhere(reader):
    a_masthead("kinako")
    draft, other = a_draft("Draft"), a_story("Elsewhere", on=("kinako",))

    for number in (draft.pk, other.pk):
        told(reader, f"{STORIES}/{number}", "Problem", status=404)
        told(reader, f"{STORIES}?before={number}", "Problem", status=404)


def test_a_list_costs_the_same_for_few_and_many(reader, django_assert_max_num_queries):
    shelve(["One"])
    shelve([f"Story {n}" for n in range(2 * PAGE)])

    with django_assert_max_num_queries(7):
        told(reader, STORIES, "List")
