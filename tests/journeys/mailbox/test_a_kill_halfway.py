"""A story is killed when half of a letter has left: the other half and the archive are without it.

The mail server takes half, and then leaves whoever comes next without an answer until the kill is
a second old: from then on, Dateline says, nothing leaves that was decided otherwise.
"""

import time
from collections import Counter
from email import message_from_bytes, policy

import pytest

from tests.journeys import desk
from tests.journeys.mailbox.letters import edition_of, let_go, state
from tests.journeys.network import wait_until

pytestmark = pytest.mark.journey

LIST = "kinako-table"
LIST_ID = b"\r\nList-Id: <kinako-table."
HALF = 39
CONNECTIONS = 4  # each has one mail at the server that is not answered yet
STORY = (
    "SELECT c.story_id, s.headline FROM newsletters_carried c JOIN stories_story s"
    " ON s.id = c.story_id WHERE c.edition_id = ? ORDER BY c.id LIMIT 1"
)
FATES = (
    "SELECT sum(m.fate = 'sent'), count(*), count(DISTINCT m.key) FROM mail_entry m"
    " JOIN newsletters_edition e ON e.mailing_id = m.mailing_id WHERE e.id = ?"
)
SAID = "SELECT told FROM newsletters_editionnote WHERE edition_id = ? AND verb = 'story_gone'"


@pytest.fixture
def slow(office):
    """The mail server, that stops half-way."""
    office.hold_after(HALF, LIST_ID)
    yield office
    office.go_on()


def test_the_other_half_gets_the_letter_without_the_story(admin, editor, slow, network):
    edition, number = let_go(admin, network, LIST)
    story, headline = network.one(STORY, edition)
    wait_until(lambda: len(letters(slow)) == HALF, what="half of the letter")
    assert headline in network.text("kinako", f"/newsletters/{LIST}/{number}/")

    killed = kill(editor, story)
    wait_until(lambda: time.monotonic() > killed + 1, what="the second that a kill may take")
    assert headline not in network.text("kinako", f"/newsletters/{LIST}/{number}/")
    assert network.one(SAID, edition) == (str(story),)
    slow.go_on()
    wait_until(lambda: state(network, edition) == "sent", what="the rest of the letter")

    sent, readers, _ = network.one(FATES, edition)
    found = letters(slow)
    with_it = [to for to, mail in found if headline in mail.get_body(("plain",)).get_content()]
    assert Counter(to for to, _ in found).most_common(1)[0][1] == 1
    assert len(found) == sent == readers
    assert with_it[:HALF] == [to for to, _ in found[:HALF]]
    assert len(with_it) <= HALF + CONNECTIONS
    assert shows(slow, found[0][0], headline)
    assert not shows(slow, next(to for to, _ in found if to not in with_it), headline)


def letters(slow):
    """(recipient, mail) of the list's letters, in the order in which the server took them."""
    read = [(to, message_from_bytes(raw, policy=policy.default)) for to, raw in slow.taken]
    return [(to, mail) for to, mail in read if edition_of(LIST)(mail)]


def kill(editor, story):
    desk.kill(desk.open_story(editor, story), "Names somebody who must not be named.")
    return time.monotonic()


def shows(slow, address, headline):
    """Whether the letter in somebody's mailbox, fetched by IMAP, says so in either of its parts."""
    (mail,) = filter(edition_of(LIST), slow.fetched(address))
    parts = [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]
    said = {headline in " ".join(part.split()) for part in parts}
    assert len(said) == 1
    return said.pop()
