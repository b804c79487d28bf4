"""What is left of a story's blocks where only text is shown."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from dateline.stories.domain.body_pictures import GALLERY
from dateline.web.templatetags.galleries import gallery_as_text
from dateline.web.templatetags.reading import safe_richtext, wire_html

register = template.Library()
FROM_OUTSIDE = "wire"


@register.simple_tag(takes_context=True)
def text_of_block(context: Any, block: Any) -> SafeString:
    """A block as its own template draws it, without pictures, scripts, forms and classes.

    Nothing but text with its structure and links is left, whatever kind of block it is.
    """
    if block.block_type == FROM_OUTSIDE:
        return wire_html(context, block.value)
    if block.block_type == GALLERY:
        return gallery_as_text(context.flatten(), block.value)
    return SafeString(safe_richtext(block.render(context.flatten())).strip())
