"""What a rule is told of a comment, and what it may answer. Plain data only."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dateline.discussion.domain.heat import Scorer
from dateline.discussion.domain.status import Door
from dateline.discussion.domain.threads import Standing
from dateline.discussion.domain.words import WordList


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who writes. `approved` counts visible comments on this title, at most as many as are asked.

    `judged` and `removed` count the latest comments of theirs and how many of those were removed.
    """

    approved: int = 0
    judged: int = 0
    removed: int = 0
    banned: bool = False
    suspended_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseRules:
    """What a masthead asks of comments. 0 switches a rule off."""

    seconds_between: int = 3
    most_in_minute: int = 6
    most_links: int = 2
    premoderate_first: int = 0
    hold_removed_percent: int = 30
    hold_score_percent: int = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One comment before it is stored, with everything a rule may ask.

    `recent` are the moments (aware UTC) of the author's comments in the last day, newest first;
    `own_repeats` says that one of those had this text, `others_repeats` how many other people
    posted it in the last hour. `asks_outside`: an operator's own service judges comments.
    """

    text: str
    at: datetime
    door: Standing = field(default_factory=lambda: Standing(Door.OPEN, ""))
    author: Author = field(default_factory=Author)
    rules: HouseRules = field(default_factory=HouseRules)
    recent: Sequence[datetime] = ()
    own_repeats: bool = False
    others_repeats: int = 0
    words: WordList = field(default_factory=lambda: WordList([]))
    scorers: Sequence[Scorer] = ()
    asks_outside: bool = False


class Answer(StrEnum):
    """What a rule says. The first REFUSE ends the run; HOLDs are collected."""

    ALLOW = "allow"
    HOLD = "hold"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's answer. A reason to refuse is for the reader, one to hold for the moderator."""

    answer: Answer
    reason: str = ""


ALLOW = Finding(Answer.ALLOW)
Phase = Callable[[Case], Finding]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What all rules together say: `ran` lists (rule, answer, reason) in order."""

    answer: Answer
    ran: tuple[tuple[str, Answer, str], ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons that made the answer, in order."""
        return tuple(reason for _, answer, reason in self.ran if answer is self.answer and reason)

    @property
    def decisive(self) -> str:
        """The first rule that made the answer; empty where every rule allowed."""
        return next((name for name, a, _ in self.ran if a is self.answer is not Answer.ALLOW), "")


def judge(case: Case, phases: Iterable[Phase]) -> Judgement:
    """Run `phases` in order over one comment; the first that refuses ends the run."""
    ran: list[tuple[str, Answer, str]] = []
    answer = Answer.ALLOW
    for phase in phases:
        finding = phase(case)
        ran.append((phase.__name__, finding.answer, finding.reason))
        if finding.answer is not Answer.ALLOW:
            answer = finding.answer
        if answer is Answer.REFUSE:
            break
    return Judgement(answer, tuple(ran))
