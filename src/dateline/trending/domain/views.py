"""What was read: one event of one reader on one story, with nothing that names the reader."""

from enum import IntEnum, unique
from typing import NamedTuple


@unique
class Kind(IntEnum):
    """What a page tells of its reader. The numbers are stored: never change one."""

    SHOWN = 1  # the page was on a screen
    READ = 2  # it was visible for ten seconds
    DEPTH = 3  # the end of the text was on the screen
    LEFT = 4  # the reader went away; `seconds` and `depth` say how far they came
    CLICK = 5  # a link of the trending block to this story was followed
    # Of a headline on trial: `seconds` names the test and `depth` which of its headlines it was.
    HEADLINE_SEEN = 6  # it was in view for a second
    HEADLINE_CLICKED = 7  # it was followed


@unique
class Source(IntEnum):
    """Where the reader came from, as a class: the address they came from is never sent."""

    DIRECT = 1  # typed, a bookmark, or a referrer that was not told
    SEARCH = 2
    SOCIAL = 3
    SISTER = 4  # another site of the network
    INTERNAL = 5  # the same site
    BLOCK = 6  # the trending block of a sister site
    MAIL = 7  # a newsletter or an alert
    OTHER = 8  # any other site


class Seen(NamedTuple):
    """One event. A tuple, because a busy minute makes a million of them.

    `at` is seconds since 1970 UTC by the clock of the machine that counted it; `site` a masthead's
    id, `story` the number that the page named: nobody looked yet whether there is such a story.
    `visitor` has 64 bits, is salted by day and by site, and says nothing across either. `seconds`
    is how long the page was visible, `depth` how much of the text was, in percent.
    """

    at: float
    site: int
    story: int
    kind: Kind
    visitor: int
    source: Source
    seconds: int
    depth: int
