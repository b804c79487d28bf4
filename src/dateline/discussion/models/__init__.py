"""Threads, comments, votes, decisions, notices, mail about answers, and who may write."""

from dateline.discussion.models.answers import AnswerChoice, AnswerNote
from dateline.discussion.models.comment import Comment, RankMove, Revision, Vote
from dateline.discussion.models.notice import Notice
from dateline.discussion.models.outside import OutsideAsk, OutsideTrouble
from dateline.discussion.models.people import Follow, Moderator, Mute, Standing
from dateline.discussion.models.record import Appeal, Decision, Letter, Report
from dateline.discussion.models.thread import House, Thread, Word

__all__ = [
    "AnswerChoice",
    "AnswerNote",
    "Appeal",
    "Comment",
    "Decision",
    "Follow",
    "House",
    "Letter",
    "Moderator",
    "Mute",
    "Notice",
    "OutsideAsk",
    "OutsideTrouble",
    "RankMove",
    "Report",
    "Revision",
    "Standing",
    "Thread",
    "Vote",
    "Word",
]
