"""Small real newsrooms for tests: mastheads, stories and people through the real services."""

from django.contrib.auth import get_user_model

from dateline.mastheads import models as masthead_models
from dateline.mastheads.services import save_masthead, save_sections
from dateline.stories import models
from dateline.stories.services.drafting import Place, draft_story
from dateline.stories.services.publishing import publish_story

LEGAL = "©2026 Tamagawa Press Inc."


def a_masthead(slug="musashi", *, sections=("world", "politics"), **fields):
    """A masthead on <slug>.localhost with flat sections; returns its row."""
    masthead = masthead_models.Masthead(
        **{
            "slug": slug,
            "name": slug.title(),
            "host": f"{slug}.localhost",
            "legal_line": LEGAL,
            "look": "daily",
            **fields,
        }
    )
    save_masthead(masthead, by="test")
    save_sections(
        masthead.pk,
        [masthead_models.Section(name=name.title(), slug=name) for name in sections],
        by="test",
    )
    return masthead


def a_draft(headline="Ferry returns to harbour", *, on=("musashi",), section="world", **fields):
    """A draft placed on these mastheads; returns its row."""
    body = fields.pop("body", [("text", "<p>The ferry came back at noon.</p>")])
    people, topics = fields.pop("people", ()), fields.pop("topics", ())
    translator = fields.pop("translator", "")
    story_id = draft_story(
        headline=headline,
        places=[Place(masthead=slug, section=section) for slug in on],
        body=body,
        people=people,
        topics=topics,
        translator=translator,
        fields=fields,
    )
    return models.Story.objects.get(pk=story_id)


def a_story(headline="Ferry returns to harbour", *, at=None, by="Ana Mori", **fields):
    """A published story; returns its row as the database has it."""
    draft = a_draft(headline, **fields)
    publish_story(draft.pk, by=by, at=at)
    return models.Story.objects.get(pk=draft.pk)


def an_editor(email="ana@dateline.example", *, superuser=True):
    """Someone of the newsroom."""
    make = (
        get_user_model().objects.create_superuser
        if superuser
        else get_user_model().objects.create_user
    )
    return make(email, "correct horse", first_name="Ana", last_name="Mori")
