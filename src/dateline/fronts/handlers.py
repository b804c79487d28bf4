"""What follows when the alarm changed. Safe to run twice."""

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.fronts.events import AlarmChanged


def show(fact: AlarmChanged) -> None:
    """Make every page of every title anew: each depends on which titles there are."""
    edge.purge([keys.network()], cause=f"{fact.name} {fact.alarm_id}")
