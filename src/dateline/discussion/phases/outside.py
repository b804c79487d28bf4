"""The rule of an operator's own service: a comment waits until it has answered."""

from dateline.discussion.phases.case import ALLOW, Answer, Case, Finding

ASKED = "The outside service is being asked."


def outside(case: Case) -> Finding:
    """Where a service is set, it is asked after the comment is stored, and seen by nobody before.

    Its answer then takes the place of this one (`services.outside`).
    """
    return Finding(Answer.HOLD, ASKED) if case.asks_outside else ALLOW
