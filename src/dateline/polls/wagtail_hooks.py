"""Polls in Wagtail's desk."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from dateline.polls import models
from dateline.polls.domain.polls import FEWEST, MOST
from dateline.polls.forms import PollForm


class PollViewSet(SnippetViewSet):
    """Questions to readers. A story asks one by its block."""

    model = models.Poll
    icon = "check"
    menu_label = "Polls"
    menu_order = 137
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ("question", "opens_at", "closes_at")
    ordering = ("-pk",)
    edit_handler = ObjectList(
        [
            FieldPanel("question"),
            InlinePanel(
                "answers", heading="Answers", label="Answer", panels=[FieldPanel("text")],
                min_num=FEWEST, max_num=MOST,
            ),
            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
        ],
        base_form_class=PollForm,
    )  # fmt: skip


register_snippet(PollViewSet)
