"""One address that may show a story, and those that some kinds of stories have beside the rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dateline.mastheads.domain.site import Site
from dateline.stories.queries import series
from dateline.web.domain.lite import twin

# In the environment of a request that we make of ourselves, which no client can put there.
INSIDE = "dateline.inside"
# Kinds of surfaces that the same view draws as text too.
TWINNED = frozenset({"archive", "list", "live", "place", "search", "series", "versions"})


@dataclass(frozen=True, slots=True)
class Surface:
    """One address that may show a story. `kind` is page, front, feed, picture and so on.

    `traces` are what stands in its text when the story is there; empty where only a status counts.
    """

    kind: str
    site: Site
    path: str
    traces: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The absolute address readers use."""
        return self.site.origin + self.path


def kind_surfaces(
    story_id: int, placed: Iterable[tuple[Site, int, str]], sites: Mapping[int, Site],
    traces: tuple[str, ...],
) -> list[Surface]:  # fmt: skip
    """Where a story may stand because of its kind: `placed` is (site, section, path) of each place.

    The entries of a live blog, its polls, its event, the index of live blogs and its series.
    """
    own = series.own_addresses(story_id)
    found = []
    for site, _, path in placed:
        found += [Surface("kind", site, path + end) for end in own]
        found += [Surface("kind", site, twin(path + end)) for end in own if "/live/" in end]
        if "/live.json" in own:
            found.append(Surface("live", site, "/live/", traces))
    if at := series.path_with(story_id):
        found.append(Surface("series", sites[at[0]], at[1], traces))
    return found


def twins_of(surfaces: Iterable[Surface]) -> list[Surface]:
    """The text-only twins of those that have one by the same view; see `web.twins`."""
    return [
        replace(surface, path=twin(surface.path))
        for surface in surfaces
        if surface.kind in TWINNED and "/feed." not in surface.path
    ]
