"""What axe-core finds on a page that is open in the browser, in light and in dark."""

from pathlib import Path

import pytest

AXE = Path(__file__).resolve().parent.parent / "node_modules/axe-core/axe.min.js"
SCHEMES = ("light", "dark")
# Of rules that hold, axe would work out and hand over every element: most of its time.
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},  # of WCAG 2.2, and off where nobody asks for it
}
# Colours fade into each other when the scheme changes; what is measured is where they end.
SETTLE = """() => new Promise((done) => requestAnimationFrame(() => {
    document.getAnimations().forEach((one) => one.effect.getTiming().iterations !== Infinity && one.finish());
    requestAnimationFrame(done);
}))"""
RUN = (
    "([within, options]) => axe.run(within || document, options).then((found) => found.violations)"
)

needed = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not here: run `npm ci`")


def violations(page, scheme, within=None):
    """The broken rules as axe tells them, with the page shown in `scheme`."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    page.emulate_media(color_scheme=scheme)
    page.evaluate(SETTLE)
    return page.evaluate(RUN, [within, OPTIONS])


def broken_rules(page, within=None, schemes=SCHEMES):
    """(address, scheme, rule, the first element that breaks it), for people to read."""
    return [
        (page.url, scheme, broken["id"], broken["nodes"][0]["html"])
        for scheme in schemes
        for broken in violations(page, scheme, within)
    ]
