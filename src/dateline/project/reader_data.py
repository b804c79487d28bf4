"""Every room that keeps something of a reader: who is asked for a copy, and told to forget."""

from dateline.accounts.domain.data import ReaderData
from dateline.accounts.services import own_data
from dateline.alerts.services import own_data as alerts
from dateline.discussion.services import own_data as discussion
from dateline.newsletters.services import readers as newsletters
from dateline.polls import services as polls
from dateline.saving import services as saving

ROOMS: tuple[ReaderData, ...] = (
    ReaderData(
        room="discussion", copy=discussion.copy_of_comments, forget=discussion.forget_comments
    ),
    ReaderData(
        room="newsletters", copy=newsletters.copy_of_letters, forget=newsletters.forget_letters
    ),
    ReaderData(room="alerts", copy=alerts.copy_of_alerts, forget=alerts.forget_alerts),
    ReaderData(room="polls", copy=polls.copy_of_votes, forget=polls.forget_votes),
    ReaderData(room="saving", copy=saving.copy_of_saved, forget=saving.forget_saved),
    # The account last: what other rooms keep is found by it.
    ReaderData(room="account", copy=own_data.copy_of_account, forget=own_data.forget_account),
)
