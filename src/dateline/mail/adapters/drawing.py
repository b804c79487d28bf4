"""Make mail HTML of MJML: tables that every mail program lays out, with styles in the elements."""

from functools import cache

import css_inline
import mrml


class DrawingFailed(Exception):
    """A letter could not be drawn; the message is the library's."""


def html_of(mjml: str) -> str:
    """Return the HTML of an MJML document (https://documentation.mjml.io, mrml's part of it).

    Rules of its `mj-style` are moved into the elements; only `@media` rules stay in the head, for
    dark mode and phones. Nothing is loaded from anywhere.

    Raises:
        DrawingFailed: it is not MJML.

    """
    try:
        drawn = mrml.to_html(mjml, render_options=mrml.RenderOptions(fonts={}))
    except OSError as error:
        raise DrawingFailed(str(error)) from error
    return _inliner().inline(drawn.content)


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(
        keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False
    )
