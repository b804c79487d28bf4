"""Blocks that make a story of its kind: a saying, an event, a paper's report, a sender, a poll."""

from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class SayingBlock(blocks.StructBlock):
    """What somebody said: the quote of the day."""

    text = blocks.TextBlock(help_text="Their words, without quotation marks.")
    speaker = blocks.CharBlock(max_length=160)
    about = blocks.CharBlock(required=False, max_length=200, help_text="Who they are.")
    context = blocks.TextBlock(required=False, help_text="When, where and to whom.")
    source = blocks.CharBlock(required=False, max_length=200)
    source_url = blocks.URLBlock(required=False)

    class Meta:
        icon = "openquote"
        label = "Quote of the day"
        template = "web/blocks/saying.html"


class EventBlock(blocks.StructBlock):
    """When, where and for how much. Its day goes into calendars."""

    name = blocks.CharBlock(max_length=160)
    starts_at = blocks.DateTimeBlock()
    ends_at = blocks.DateTimeBlock(required=False)
    venue = blocks.CharBlock(max_length=160)
    address = blocks.CharBlock(required=False, max_length=300)
    price = blocks.CharBlock(required=False, max_length=120, help_text="1,200 yen; or: Free.")
    link = blocks.URLBlock(required=False)
    cancelled = blocks.BooleanBlock(required=False)

    class Meta:
        icon = "date"
        label = "Event"
        template = "web/blocks/event.html"


class PaperBlock(blocks.StructBlock):
    """What another paper reports, in our words."""

    paper = blocks.CharBlock(max_length=120)
    date = blocks.DateBlock(required=False)
    headline = blocks.CharBlock(max_length=200)
    summary = blocks.RichTextBlock(features=["bold", "italic", "link"])
    link = blocks.URLBlock(required=False)

    class Meta:
        icon = "doc-full-inverse"
        label = "From another paper"
        template = "web/blocks/paper.html"


class SenderBlock(blocks.StructBlock):
    """Who sent a press release."""

    name = blocks.CharBlock(max_length=160)
    contact = blocks.CharBlock(required=False, max_length=200)
    link = blocks.URLBlock(required=False)

    class Meta:
        icon = "mail"
        label = "Sender of a press release"
        template = "web/blocks/sender.html"


def kind_blocks() -> list[tuple[str, blocks.Block]]:
    """These blocks, in the order of the menu."""
    return [
        ("saying", SayingBlock()),
        ("event", EventBlock()),
        ("paper", PaperBlock()),
        ("sender", SenderBlock()),
        ("poll", SnippetChooserBlock("polls.Poll", icon="check", template="web/blocks/poll.html")),
    ]
