"""The stylesheet of each look as one text with what all have, so that a page asks for one sheet."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static

FONT = re.compile(r'url\("\.\./fonts/([\w-]+\.woff2)"\)')


@cache
def sheet(look: str) -> str:
    """Return the CSS of all looks and of this one, fonts under the addresses of `{% static %}`.

    Read once in each process: a new sheet comes with new code.
    """
    source = "".join(_read(name) for name in ("base", "boxes", f"look-{look}"))
    return FONT.sub(lambda found: f'url("{static(f"web/fonts/{found[1]}")}")', source)


def _read(name: str) -> str:
    return Path(str(finders.find(f"web/css/{name}.css"))).read_text(encoding="utf-8")
