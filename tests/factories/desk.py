"""What an editor's browser sends to the desk's story screens."""

from django.urls import reverse


def edit(story):
    """The address of a story's edit view."""
    return reverse("wagtailsnippets_stories_story:edit", args=[story.pk])


def bulk(desk, action, stories):
    """Run a bulk action of the stories' list; returns the list it leads back to."""
    url = reverse("wagtail_bulk_action", args=["stories", "story", action])
    ids = "&".join(f"id={s.pk}" for s in stories)
    listing = reverse("wagtailsnippets_stories_story:list")
    return desk.post(f"{url}?{ids}&next={listing}", follow=True)


def form(story, *, publish=False, **changes):
    """What the desk's form sends for a story, with some fields changed."""
    draft = story.get_latest_revision_as_object()
    data = {
        name: getattr(draft, name) or ""
        for name in (
            "headline", "standfirst", "dateline", "byline", "lead_caption", "change_kind",
            "change_note", "short_headline", "kind", "language", "urgency", "copyright_line",
            "usage_terms",
        )
    }  # fmt: skip
    data |= {
        "body-count": "0",
        "bylines-TOTAL_FORMS": "0",
        "bylines-INITIAL_FORMS": "0",
        "placements-TOTAL_FORMS": "1",
        "placements-INITIAL_FORMS": "1",
    }
    placement = story.placements.get()
    data |= {
        "placements-0-id": placement.pk,
        "placements-0-masthead": placement.masthead_id,
        "placements-0-section": placement.section_id,
        "placements-0-slug": placement.slug,
        "placements-0-comments_open": "on",
        **changes,
    }
    return data | ({"action-publish": "action-publish"} if publish else {})
