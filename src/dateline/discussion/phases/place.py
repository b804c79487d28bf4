"""Rules about where and when: the thread's door, and how fast one person writes."""

from datetime import timedelta

from dateline.discussion.domain.status import Door
from dateline.discussion.phases.case import ALLOW, Answer, Case, Finding

MINUTE = timedelta(minutes=1)


def closed(case: Case) -> Finding:
    """A closed thread takes nothing, from nobody."""
    if case.door.door is Door.CLOSED:
        return Finding(Answer.REFUSE, case.door.why)
    return ALLOW


def rate(case: Case) -> Finding:
    """One comment in a few seconds, and a few in a minute. The moments were read under a lock."""
    rules, recent = case.rules, case.recent
    if recent and (case.at - recent[0]).total_seconds() < rules.seconds_between:
        said = f"You posted a moment ago. Wait {rules.seconds_between} seconds, then post again."
        return Finding(Answer.REFUSE, said)
    lately = sum(case.at - moment < MINUTE for moment in recent)
    if rules.most_in_minute and lately >= rules.most_in_minute:
        said = f"{lately} comments within a minute are the limit. Wait a minute, then post again."
        return Finding(Answer.REFUSE, said)
    return ALLOW


def held_thread(case: Case) -> Finding:
    """In a held thread every comment waits for a moderator."""
    if case.door.door is Door.HELD:
        return Finding(Answer.HOLD, "Every comment of this thread is read first.")
    return ALLOW
