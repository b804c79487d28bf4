"""Mail HTML of MJML, for every room that writes to many."""

from dateline.mail.adapters.drawing import DrawingFailed, html_of

__all__ = ["DrawingFailed", "html_of"]
