"""Part what the agency allows from what the desk adds, for stories made before they were two.

Lock:      rows of stories from the wire, one after another, and of their drafts.
Takes:     two short queries a story from the wire.
Old code:  would no longer see when an agency's rights end; stop it first, as `upgrade` does.
Undo:      nothing; the agency's terms stay in their own columns.
"""

from django.db import migrations
from django.utils.dateparse import parse_datetime


def part(apps, schema_editor):
    """Give every story of the wire its agency's terms, and note the kills carried out so far."""
    for story in (
        apps.get_model("stories", "Story")
        .objects.exclude(wire_item=None)
        .select_related("wire_item", "provider")
        .defer("body")
        .iterator(chunk_size=500)
    ):
        _part_terms(apps, story)
        _note_orders(apps, story)


def _part_terms(apps, story):
    sent = story.wire_item
    family = apps.get_model("wire", "WireItem").objects.filter(
        provider_id=story.provider_id, family=story.wire_family
    )
    usable = family.filter(usability="usable", version__gte=sent.version)
    newest = usable.order_by("-version", "-pk").first() or sent
    own = {}
    if sent.expires_at and story.rights_until == sent.expires_at:
        own["rights_until"] = None
    if sent.usage_terms and story.usage_terms == sent.usage_terms:
        own["usage_terms"] = ""
    type(story).objects.filter(pk=story.pk).update(
        agency_rights_until=newest.expires_at, agency_usage_terms=newest.usage_terms, **own
    )
    if own:
        _part_drafts(apps, story)


def _part_drafts(apps, story):
    """A draft would bring the agency's old terms back as the desk's own."""
    sent = story.wire_item
    drafts = apps.get_model("wagtailcore", "Revision").objects.filter(
        content_type__app_label="stories", content_type__model="story", object_id=str(story.pk)
    )
    for draft in drafts.iterator(chunk_size=50):
        content = dict(draft.content)
        if sent.expires_at and parse_datetime(content.get("rights_until") or "") == sent.expires_at:
            content["rights_until"] = None
        if sent.usage_terms and content.get("usage_terms") == sent.usage_terms:
            content["usage_terms"] = ""
        if content != draft.content:
            drafts.filter(pk=draft.pk).update(content=content)


def _note_orders(apps, story):
    """What took the story down once must not do so again after a person has reinstated it."""
    killed = story.kill_reports.filter(source="agency").values_list("killed_at", flat=True)
    moments = [*killed, *([story.withheld_at] if story.withheld_at else [])]
    if not moments:
        return
    orders = apps.get_model("wire", "WireItem").objects.filter(
        provider_id=story.provider_id, family=story.wire_family, recalls=True,
        received_at__lte=max(moments),
    )  # fmt: skip
    order = apps.get_model("stories", "AgencyOrder")
    order.objects.bulk_create(
        [order(story=story, wire_item=item, carried_out_at=max(moments)) for item in orders],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0002_agency_standing"),
        ("wagtailcore", "0098_apitoken"),
        ("wire", "0001_initial"),
    ]

    operations = [migrations.RunPython(part, migrations.RunPython.noop)]
