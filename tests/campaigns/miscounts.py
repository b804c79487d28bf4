"""What a thread keeps counted, beside what its rows say: every difference is named.

Nothing here asks the services: the rules are said a second time, on rows of one moment.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from dateline.discussion.domain import paths, ranks
from dateline.discussion.domain.text import fingerprint, html_of

COMMENTS = (
    "SELECT id, number, parent_id, root_id, answers_id, depth, path, author_id, key, text, html,"
    " fingerprint, status, version, revision, ups, downs, below, reports, rank_best,"
    " rank_discussed, moved_best, moved_discussed"
    " FROM discussion_comment WHERE thread_id = ? ORDER BY id"
)
COLUMNS = COMMENTS.partition(" FROM ")[0].removeprefix("SELECT ").replace(",", "").split()
VOTES = (
    "SELECT v.comment_id, v.user_id, v.value FROM discussion_vote v"
    " JOIN discussion_comment c ON c.id = v.comment_id WHERE c.thread_id = ?"
)
REPORTS = (
    "SELECT r.comment_id, r.reporter_id FROM discussion_report r"
    " JOIN discussion_comment c ON c.id = r.comment_id WHERE c.thread_id = ?"
)
REVISIONS = (
    "SELECT r.comment_id, r.number FROM discussion_revision r"
    " JOIN discussion_comment c ON c.id = r.comment_id WHERE c.thread_id = ?"
)
HOLDS = (
    "SELECT d.comment_id, d.was FROM discussion_decision d"
    " JOIN discussion_comment c ON c.id = d.comment_id WHERE d.verb = 'held' AND c.thread_id = ?"
)
MOVES = (
    'SELECT comment_id, "order", move FROM discussion_rankmove WHERE thread_id = ? ORDER BY move'
)
COUNTED = (
    "parent_id", "root_id", "depth", "path", "html", "fingerprint", "status", "version", "revision",
    "ups", "downs", "below", "reports", "rank_best", "rank_discussed", "moved_best",
    "moved_discussed",
)  # fmt: skip
FACTS = (
    "SELECT json_extract(payload, '$.comment_id'), json_extract(payload, '$.value'),"
    " json_extract(payload, '$.was') FROM outbox_factrecord"
    " WHERE name = ? AND json_extract(payload, '$.story_id') = ? ORDER BY id"
)


@dataclass
class Record:
    """The rows of one story's thread on one masthead: columns by name, in order of their ids."""

    thread: dict
    comments: list
    votes: list
    reports: list
    revisions: list
    holds: list
    moves: list
    facts: dict

    @property
    def by_key(self):
        """A comment's row by its author and the key it was sent with."""
        return {(row["author_id"], row["key"]): row for row in self.comments}


def record(rows, story):
    """Read a story's thread; `rows(sql, *values)` answers as of one moment."""
    ((thread, visible, numbers, moves),) = rows(
        "SELECT id, visible, numbers, moves FROM discussion_thread WHERE story_id = ?", story
    )
    kinds = ("posted", "voted", "edited", "reported")
    return Record(
        thread={"visible": visible, "numbers": numbers, "moves": moves},
        comments=[dict(zip(COLUMNS, row, strict=True)) for row in rows(COMMENTS, thread)],
        votes=rows(VOTES, thread),
        reports=rows(REPORTS, thread),
        revisions=rows(REVISIONS, thread),
        holds=rows(HOLDS, thread),
        moves=rows(MOVES, thread),
        facts={kind: rows(FACTS, f"comment.{kind}", story) for kind in kinds},
    )


def miscounts(found, *, hold_at_reports):
    """(what, of which comment, as it is kept, as the rows say) of all that is not equal."""
    said = defaultdict(dict)
    for row, column, value in _counted(found, hold_at_reports):
        said[row["id"]][column] = value
    wrong = [
        (column, row["id"], row[column], said[row["id"]][column])
        for row in found.comments
        for column in COUNTED
        if _plain(row[column]) != said[row["id"]][column]
    ]
    kept = {**found.thread, "places": [move for _, _, move in found.moves]}
    held = {
        "visible": sum(row["status"] == "visible" for row in found.comments),
        "numbers": len(found.comments),
        "moves": len(found.moves),
        "places": list(range(1, len(found.moves) + 1)),
    }
    wrong += [(what, None, kept[what], held[what]) for what in held if kept[what] != held[what]]
    wrong += [(f"fact {kind}", *pair) for kind, pairs in _told(found).items() for pair in pairs]
    return wrong


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


def _counted(found, hold_at_reports):
    """What each comment's own rows, and those below it, say of it."""
    ups = Counter(comment for comment, _, value in found.votes if value > 0)
    downs = Counter(comment for comment, _, value in found.votes if value < 0)
    reports = Counter(comment for comment, _ in found.reports)
    edits = Counter(comment for comment, _ in found.revisions)
    holds = Counter(comment for comment, was in found.holds if was == "visible")
    last = {(comment, order): move for comment, order, move in found.moves}
    below = Counter(
        number
        for row in found.comments
        if row["status"] == "visible"
        for number in paths.ancestors(bytes(row["path"]))
    )
    by_id = {row["id"]: row for row in found.comments}
    ids = {row["number"]: row["id"] for row in found.comments}
    for row in found.comments:
        pk, number = row["id"], row["number"]
        above = by_id.get(row["answers_id"])
        path = paths.path_of(paths.branch(bytes(above["path"])) if above else b"", number)
        line = [ids[one] for one in paths.ancestors(path)]
        under = 0 if line else below[number]  # only a thread's own comments are ranked by it
        yield from (
            (row, column, value)
            for column, value in {
                "path": path, "depth": len(line),
                "parent_id": line[-1] if line else None, "root_id": line[0] if line else None,
                "html": html_of(row["text"]), "fingerprint": fingerprint(row["text"]),
                "status": "held" if reports[pk] >= hold_at_reports else "visible",
                "revision": 1 + edits[pk], "version": 1 + edits[pk] + holds[pk],
                "ups": ups[pk], "downs": downs[pk], "below": below[number],
                "reports": reports[pk], "rank_best": ranks.best(ups[pk], downs[pk], number),
                "rank_discussed": ranks.discussed(under, number),
                "moved_best": last.get((pk, "best"), 0),
                "moved_discussed": last.get((pk, "discussed"), 0),
            }.items()
        )  # fmt: skip


def _told(found):
    """Facts that are missing, or too many: a list of (comment, told, as the rows say) a kind."""
    votes = Counter()
    for comment, _, value in found.votes:
        votes[comment] += value
    told = Counter()
    for comment, value, was in found.facts["voted"]:
        told[comment] += value - was
    pairs = {
        "posted": (_number(found.facts["posted"]), Counter(row["id"] for row in found.comments)),
        "edited": (_number(found.facts["edited"]), _number(found.revisions)),
        "reported": (_number(found.facts["reported"]), _number(found.reports)),
        "voted": (told, votes),
    }
    return {
        kind: [(pk, is_[pk], should[pk]) for pk in sorted({*is_, *should}) if is_[pk] != should[pk]]
        for kind, (is_, should) in pairs.items()
    }


def _number(rows):
    return Counter(row[0] for row in rows)
