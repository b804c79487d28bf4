"""Every rule a comment passes, in order. The first that refuses ends the run (decision 8)."""

from dateline.discussion.phases import outside, person, place, text
from dateline.discussion.phases.case import Phase

PHASES: tuple[Phase, ...] = (
    # Refused without reading the text: what costs nothing comes first.
    text.length,
    place.closed,
    person.standing,
    place.rate,
    # Refused for what it says: the writer is told at once and can change it.
    text.words,  # a banned word refuses, a suspect one holds
    person.repeat,
    # Held: a moderator sees every reason, so all of these run.
    text.links,
    text.spam,
    text.score,
    person.new_reader,
    person.history,
    outside.outside,  # an operator's own service, asked once the comment is stored
    place.held_thread,  # last: it says nothing of this comment
)

# A comment its author changes: what judges a text, and whether that person may write here now.
PHASES_OF_AN_EDIT: tuple[Phase, ...] = (
    text.length,
    place.closed,
    person.standing,
    text.words,
    text.links,
    text.spam,
    text.score,
    outside.outside,
)
