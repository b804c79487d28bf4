"""What a story's body is made of. Each block's template lives with the reader pages."""

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from dateline.stories.kind_blocks import kind_blocks

TEXT_FEATURES = ["bold", "italic", "link", "ol", "ul", "superscript", "subscript", "h3"]
FEWEST_SHOWN, MOST_SHOWN = 2, 40  # pictures of a gallery


class PictureBlock(blocks.StructBlock):
    """A picture in the text; its own caption wins over the picture's."""

    picture = ImageChooserBlock()
    caption = blocks.CharBlock(required=False, max_length=400)

    class Meta:
        icon = "image"
        template = "web/blocks/picture.html"


class GalleryBlock(blocks.StructBlock):
    """Pictures side by side, each with a caption of its own."""

    title = blocks.CharBlock(required=False, max_length=120)
    pictures = blocks.ListBlock(PictureBlock(), min_num=FEWEST_SHOWN, max_num=MOST_SHOWN)

    class Meta:
        icon = "image"
        template = "web/blocks/gallery.html"


class QuoteBlock(blocks.StructBlock):
    """A sentence lifted out of the text, and who said it."""

    text = blocks.TextBlock()
    speaker = blocks.CharBlock(required=False, max_length=160)

    class Meta:
        icon = "openquote"
        template = "web/blocks/quote.html"


class FactboxBlock(blocks.StructBlock):
    """Background set apart from the story."""

    title = blocks.CharBlock(max_length=120)
    text = blocks.RichTextBlock(features=TEXT_FEATURES)

    class Meta:
        icon = "list-ul"
        template = "web/blocks/factbox.html"


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """The blocks an editor may use in a story, in the order of the menu."""
    return [
        ("text", blocks.RichTextBlock(features=TEXT_FEATURES, template="web/blocks/text.html")),
        ("heading", blocks.CharBlock(icon="title", template="web/blocks/heading.html")),
        ("picture", PictureBlock()),
        ("gallery", GalleryBlock()),
        ("quote", QuoteBlock()),
        ("factbox", FactboxBlock()),
        (
            "wire",
            blocks.RawHTMLBlock(
                icon="doc-full",
                template="web/blocks/wire.html",
                help_text="Agency copy with tables or lists the editor above cannot hold.",
            ),
        ),
        *kind_blocks(),
    ]
