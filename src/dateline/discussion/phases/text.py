"""Rules about the text alone: its length, its links, listed words, signs of spam, its tone."""

from dateline.discussion.domain.status import WordKind
from dateline.discussion.domain.text import LONGEST, SHORTEST, links_in
from dateline.discussion.phases.case import ALLOW, Answer, Case, Finding

WORDS_A_LINK = 4  # fewer words than this for each link, and the links are the message
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
MOST_UNSEEN = 3  # a joined emoji has some


def length(case: Case) -> Finding:
    """Between 1 and 5,000 characters."""
    size = len(case.text)
    if size < SHORTEST:
        return Finding(Answer.REFUSE, "There is no text yet. Write something, then post it.")
    if size > LONGEST:
        said = f"That is {size:,} characters; the limit is {LONGEST:,}. Your text is still here."
        return Finding(Answer.REFUSE, said)
    return ALLOW


def links(case: Case) -> Finding:
    """More links than the house allows wait for a moderator."""
    found = len(links_in(case.text))
    if case.rules.most_links and found > case.rules.most_links:
        return Finding(Answer.HOLD, f"{found} links; {case.rules.most_links} are let through.")
    return ALLOW


def words(case: Case) -> Finding:
    """A banned word refuses; a suspect one holds."""
    found = case.words.find(case.text)
    if not found:
        return ALLOW
    named = ", ".join(line.word for line in found)
    if found[0].kind is WordKind.BANNED:
        said = "There is a word in it that this title does not print. Your text is still here."
        return Finding(Answer.REFUSE, said)
    return Finding(Answer.HOLD, f"Listed: {named}.")


def spam(case: Case) -> Finding:
    """A text that is little but links, or that hides characters, waits for a moderator."""
    found = len(links_in(case.text))
    count = len(case.text.split()) - found
    if found > 1 and count < WORDS_A_LINK * found:
        return Finding(Answer.HOLD, f"{found} links in {count} words.")
    unseen = sum(case.text.count(sign) for sign in UNSEEN)
    if unseen > MOST_UNSEEN and max(case.text) < "\U0001f3fb":
        return Finding(Answer.HOLD, f"{unseen} characters that nobody sees.")
    return ALLOW


def score(case: Case) -> Finding:
    """What any scorer puts at the house's limit or above waits for a moderator."""
    limit = case.rules.hold_score_percent
    for scorer in case.scorers if limit else ():
        percent = round(scorer.score(case.text) * 100)
        if percent >= limit:
            return Finding(Answer.HOLD, f"{scorer.name}: {percent} of 100.")
    return ALLOW
