"""The stylesheet of each look as one text, so that a page asks for two sheets and not three."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static

FONT = re.compile(r'url\("\.\./fonts/([\w-]+\.woff2)"\)')


@cache
def sheet(look: str) -> str:
    """Return the CSS of a look, its fonts under the addresses that `{% static %}` gives them.

    Read once in each process: a new sheet comes with new code.
    """
    source = Path(str(finders.find(f"web/css/look-{look}.css"))).read_text(encoding="utf-8")
    return FONT.sub(lambda found: f'url("{static(f"web/fonts/{found[1]}")}")', source)
