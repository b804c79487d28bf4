"""Rows of a story's form that autosave has stored, and the page that sends them does not know."""

from typing import Any

from django.db import models

# What makes a row the same row, by the relation it belongs to.
SAME = {"placements": "masthead_id", "bylines": "person_id"}
KEPT = ("slug", "published_at")  # what Dateline gives a placement that nobody typed one for


def adopt_stored_rows(form: Any) -> None:
    """Give the form's new rows the ones already stored for the same masthead or person.

    Autosave stores a row and answers with its id. Whoever presses Publish before that answer
    sends the row as new once more; it is the same row, with what the form does not show.
    """
    for relation, key in SAME.items():
        new = [row for row in form.formsets[relation].forms if not row.instance.pk]
        if new and form.instance.pk:
            found = {getattr(row, key): row for row in _stored(form.instance, relation)}
            known = {row.instance.pk for row in form.formsets[relation].initial_forms}
            for row in new:
                kept = found.get(getattr(row.instance, key))
                if kept and kept.pk not in known:
                    _become(row, kept)


def _stored(story: Any, relation: str) -> models.QuerySet[Any]:
    # An autosave under way is waited for: its rows are seen, or it sees ours.
    type(story).objects.select_for_update().filter(pk=story.pk).first()
    rows: models.Manager[Any] = getattr(type(story), relation).rel.related_model.objects
    return rows.filter(story_id=story.pk)


def _become(row: Any, kept: models.Model) -> None:
    row.instance.pk = kept.pk
    for name in KEPT:
        if hasattr(kept, name) and not getattr(row.instance, name):
            setattr(row.instance, name, getattr(kept, name))
