"""The network as targets see it."""

from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site, walk
from dateline.promos.domain.targets import Title


def titles() -> list[Title]:
    """Every masthead with what can be aimed at. Two queries."""
    return [_title(site) for site in mastheads.all_mastheads()]


def _title(site: Site) -> Title:
    sections = frozenset(node.slug for node in walk(site.sections))
    return Title(slug=site.slug, language=site.language, sections=sections)
