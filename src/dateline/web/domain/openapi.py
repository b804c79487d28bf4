"""The public interface described for programs: OpenAPI 3.1, and in it a JSON Schema an answer."""

from typing import Any

from dateline.mastheads.domain.site import Site
from dateline.movements.domain.moved import KINDS
from dateline.stories.domain.legal import Ground
from dateline.stories.domain.translation import How
from dateline.web.domain.api import CANCELED, ROOT, USABLE, WITHHELD

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "minimum": 1}
MOMENT: Schema = {"type": "string", "format": "date-time"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
DAY: Schema = {"type": "string", "format": "date"}
STORY_ID = {"name": "id", "in": "path", "required": True, "schema": NUMBER}


def described(site: Site) -> dict[str, Any]:
    """The description of a title's interface (https://spec.openapis.org/oas/v3.1.1)."""
    return {
        "openapi": "3.1.1",
        "info": {
            "title": f"{site.name}: stories",
            "version": "1",
            "description": (
                "Read-only and open to everyone. A story that was killed answers 410 with"
                f" `pubstatus` `{CANCELED}`: take it down wherever you show it."
            ),
        },
        "servers": [{"url": site.origin}],
        "paths": {
            ROOT: {"get": _operation("title", "The title and its sections.", "Title")},
            f"{ROOT}stories": {"get": _list()},
            f"{ROOT}changes": {"get": _changes()},
            f"{ROOT}stories/{{id}}": {"get": _of_a_story("story", "One story.", "Whole")},
            f"{ROOT}stories/{{id}}/versions": {
                "get": _of_a_story("versions", "Every text readers saw of it.", "History")
            },
        },
        "components": {"schemas": schemas()},
    }


def _operation(name: str, summary: str, schema: str) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        "responses": {"200": _answer(summary, schema), "404": _problem("Nothing is there.")},
    }


def _list() -> dict[str, Any]:
    found = _operation("stories", "Stories, newest first, up to 50 a page.", "List")
    found["parameters"] = [
        {"name": "section", "in": "query", "schema": TEXT, "description": "The slug of one."},
        {"name": "before", "in": "query", "schema": NUMBER, "description": "The id they follow."},
    ]
    return found


def _changes() -> dict[str, Any]:
    found = _operation("changes", "What changed, oldest first, up to 100 a page.", "Changes")
    found["parameters"] = [
        {"name": "since", "in": "query", "schema": MOMENT, "description": "Where to begin."},
        {"name": "cursor", "in": "query", "schema": TEXT, "description": "Of `next` and `later`."},
    ]
    found["responses"]["400"] = _problem("Neither can be read.")
    return found


def _of_a_story(name: str, summary: str, schema: str) -> dict[str, Any]:
    found = _operation(name, summary, schema)
    found["parameters"] = [STORY_ID]
    found["responses"]["403"] = _problem("Its licence leaves programs out.", "Gone")
    found["responses"]["410"] = _problem("It was here, and is gone.", "Gone")
    found["responses"]["451"] = _problem("The law demands that it is withheld.", "Gone")
    return found


def _answer(summary: str, schema: str, media_type: str = "application/json") -> dict[str, Any]:
    content = {media_type: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": summary, "content": content}


def _problem(summary: str, schema: str = "Problem") -> dict[str, Any]:
    return _answer(summary, schema, "application/problem+json")


def schemas() -> dict[str, Schema]:
    """A JSON Schema (draft 2020-12) of each answer; none allows a name that it does not tell."""
    summary = _summary()
    problem = {"type": TEXT, "title": TEXT, "status": NUMBER, "detail": TEXT}
    return {
        "Title": _object(
            name=TEXT, tagline=TEXT, url=ADDRESS, language=TEXT, time_zone=TEXT, copyright=TEXT,
            sections=_many(_named("Section")), stories=ADDRESS, changes=ADDRESS,
            description=ADDRESS,
        ),
        "Section": _object(
            slug=TEXT, name=TEXT, url=ADDRESS, stories=ADDRESS, sections=_many(_named("Section"))
        ),
        "List": _object(stories=_many(_named("Summary")), next=_or_null(ADDRESS)),
        "Changes": _object(
            changes=_many(_named("Change")), next=_or_null(ADDRESS), later=ADDRESS,
            settles_s=NUMBER,
        ),
        "Change": _object(
            id=NUMBER, uri=TEXT, self=ADDRESS, change={"enum": sorted(set(KINDS.values()))},
            at=MOMENT, pubstatus={"enum": [USABLE, WITHHELD, CANCELED]},
            story=_or_null(_named("Summary")),
        ),
        "Summary": _object(**summary),
        "Whole": _object(**summary, **_around()),
        "Picture": _object(
            url=ADDRESS, width=NUMBER, height=NUMBER, alt=TEXT, caption=TEXT, credit=TEXT,
            copyright=TEXT,
        ),
        "Block": {"type": "object", "required": ["type"], "properties": {"type": TEXT}},
        "History": _object(story=ADDRESS, versions=_many(_version())),
        "Problem": _object(**problem),
        "Gone": _object(
            **problem, id=NUMBER, uri=TEXT, self=ADDRESS, reason=TEXT, since=_or_null(MOMENT),
            pubstatus={"enum": [WITHHELD, CANCELED]}, demand=_or_null(_named("Demand")),
        ),
        **_told(),
    }  # fmt: skip


def _told() -> dict[str, Schema]:
    """What is told of a translation, and of a demand that a story is withheld."""
    return {
        "Translation": _object(
            how={"enum": [how.value for how in How]}, by=_or_null(TEXT),
            of=_or_null(_named("Tongue")),
        ),
        "Tongue": _object(language=TEXT, headline=TEXT, url=ADDRESS),
        "Demand": _object(
            ground={"enum": [ground.value for ground in Ground]}, by=_or_null(TEXT),
            made_on=_or_null(DAY), place=_or_null(TEXT), reference=_or_null(TEXT),
            copy=_or_null(ADDRESS), text=TEXT,
        ),
    }  # fmt: skip


def _summary() -> dict[str, Schema]:
    return {
        "id": NUMBER, "uri": TEXT, "pubstatus": {"const": USABLE}, "kind": TEXT, "url": ADDRESS,
        "self": ADDRESS, "headline": TEXT, "standfirst": TEXT, "byline": TEXT, "dateline": TEXT,
        "section": _object(name=TEXT, url=ADDRESS), "language": TEXT,
        "urgency": {"type": "integer", "minimum": 1, "maximum": 9}, "published": MOMENT,
        "updated": MOMENT, "corrected": {"type": "boolean"},
        "picture": _or_null(_named("Picture")),
    }  # fmt: skip


def _around() -> dict[str, Schema]:
    return {
        "canonical": ADDRESS, "bylines": _many(_object(name=TEXT, role=TEXT)),
        "topics": _many(_object(name=TEXT, slug=TEXT, qcode=TEXT)),
        "corrections": _many(_object(kind=TEXT, text=TEXT, at=MOMENT)), "copyright": _many(TEXT),
        "usageterms": TEXT, "agency": _or_null(TEXT), "versions": ADDRESS,
        "body": _many(_named("Block")),
        "translation": _or_null(_named("Translation")), "translations": _many(_named("Tongue")),
    }  # fmt: skip


def _version() -> Schema:
    return _object(
        number=NUMBER, change=TEXT, note=TEXT, source=TEXT, until=_or_null(MOMENT), headline=TEXT,
        standfirst=TEXT, text=TEXT, **{"from": MOMENT},
    )  # fmt: skip


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


def _many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}
