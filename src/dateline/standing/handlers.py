"""What follows when a standing page changed or somebody wrote to a title. Safe to run twice."""

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.standing.events import ContactChanged, MessageGiven, PageWritten
from dateline.standing.services import contact


def show(fact: PageWritten | ContactChanged) -> None:
    """Make the standing pages of its masthead anew."""
    edge.purge([keys.standing(fact.masthead_id)], cause=f"{fact.name} {fact.masthead_id}")


def send_on(fact: MessageGiven) -> None:
    """Send a message to whoever reads them."""
    contact.send_message(fact.message_id, at=fact.at)
