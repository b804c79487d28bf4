"""Rules about who writes: banned, suspended, repeating, new, or often removed of late."""

from dateline.discussion.domain.weights import FEWEST_JUDGED
from dateline.discussion.phases.case import ALLOW, Answer, Case, Finding

A_WAVE = 3  # other people with the same text within an hour


def standing(case: Case) -> Finding:
    """Who is banned or suspended is told so, and until when; never in secret (DSA 17)."""
    if case.author.banned:
        return Finding(Answer.REFUSE, "You may not comment here any more. You can appeal.")
    until = case.author.suspended_until
    if until and case.at < until:
        said = f"You may comment here again from {until:%d %B %Y, %H:%M} UTC. You can appeal."
        return Finding(Answer.REFUSE, said)
    return ALLOW


def repeat(case: Case) -> Finding:
    """The same text again is refused; the same text from several people is held."""
    if case.own_repeats:
        return Finding(Answer.REFUSE, "You posted this text today already. Say something else.")
    if case.others_repeats >= A_WAVE:
        return Finding(Answer.HOLD, f"{case.others_repeats} others posted this within an hour.")
    return ALLOW


def new_reader(case: Case) -> Finding:
    """The first comments of a person on this title wait for a moderator, where the house asks."""
    if case.author.approved < case.rules.premoderate_first:
        first = case.rules.premoderate_first
        return Finding(Answer.HOLD, f"{case.author.approved} of the first {first} approved so far.")
    return ALLOW


def history(case: Case) -> Finding:
    """Whose latest comments were removed in good part is read first."""
    limit, judged = case.rules.hold_removed_percent, case.author.judged
    if limit and judged >= FEWEST_JUDGED and case.author.removed * 100 >= limit * judged:
        return Finding(Answer.HOLD, f"{case.author.removed} of the last {judged} were removed.")
    return ALLOW
