"""Who hears which fact, and in which order: the whole flow of the product on one page."""

from typing import Any

from django.conf import settings

from dateline.accounts import handlers as accounts
from dateline.accounts.events import (
    AccountDeleted,
    AddressChanged,
    AlertsWished,
    LoginsEnded,
    PasswordGuessed,
    ProviderConnected,
    ProviderDisconnected,
    ReaderJoined,
    ReaderRenamed,
)
from dateline.alerts import handlers as alerts
from dateline.alerts.events import (
    AlertAsked,
    AlertersChanged,
    AlertMailAsked,
    AlertReleased,
    AlertWithdrawn,
    SearchMailAsked,
)
from dateline.discussion import handlers as discussion
from dateline.discussion.events import (
    AppealDecided,
    CommentDecided,
    CommentDeleted,
    CommentEdited,
    CommentPosted,
    CommentReported,
    CommentVoted,
    DecisionAppealed,
    HouseChanged,
    ModeratorsChanged,
    NoticeDecided,
    NoticeGiven,
    ReaderForgotten,
    ReaderJudged,
    ReaderMuted,
    ThreadDoorChanged,
    ThreadFollowed,
    WordListChanged,
)
from dateline.fronts import handlers as fronts
from dateline.fronts.events import AlarmChanged
from dateline.jobs import handlers as jobs
from dateline.jobs.events import (
    BoardKeepersChanged,
    JobFeedTaken,
    ListingChanged,
    ListingClosed,
    SeriesChanged,
    WeekWritten,
)
from dateline.mail.events import AddressSuppressed, MailingAbandoned
from dateline.mastheads import handlers as mastheads
from dateline.mastheads.events import MastheadChanged
from dateline.media import handlers as media
from dateline.media.events import (
    PictureChanged,
    PictureImported,
    PictureKilled,
    PictureReinstated,
    PictureRemoved,
)
from dateline.movements import handlers as movements
from dateline.newsletters import handlers as newsletters
from dateline.newsletters.events import (
    AddressChangeAsked,
    EditionChanged,
    EditionKeptBack,
    EditionMade,
    EditionMoved,
    ListEditorsChanged,
    ListImported,
    NewsletterChanged,
    RecipeChanged,
    SignUpAsked,
    SubscriberMoved,
    SubscriptionConfirmed,
    SubscriptionEnded,
)
from dateline.outbox.domain import Hearers
from dateline.places import handlers as places
from dateline.places.events import PlaceChanged
from dateline.polls import handlers as polls
from dateline.polls.events import PollChanged, PollVoted
from dateline.promos import handlers as promos
from dateline.promos.events import (
    AdsTxtChanged,
    CampaignBooked,
    CampaignChanged,
    CampaignKilled,
    CampaignMoved,
    ManagersChanged,
)
from dateline.standing import handlers as standing
from dateline.standing.events import (
    ContactChanged,
    MessageGiven,
    PageEditorsChanged,
    PageWritten,
)
from dateline.stories import handlers as stories
from dateline.stories.events import (
    CoverageMoved,
    LegalDemandTold,
    LiveEntryChanged,
    LiveEntryPosted,
    LiveEntryWithdrawn,
    PersonChanged,
    StoryCorrected,
    StoryEmbargoed,
    StoryKilled,
    StoryPublished,
    StoryReinstated,
    StoryScheduled,
    StorySeriesChanged,
    StoryTermsChanged,
    StoryUpdated,
    StoryWithdrawn,
    TopicChanged,
)
from dateline.trending import handlers as trending
from dateline.trending.events import (
    CuratorsChanged,
    HeadlineTestEnded,
    HeadlineTestStarted,
    RuleEnded,
    RuleSet,
)
from dateline.web import handlers as web
from dateline.wire import handlers as wire
from dateline.wire.events import (
    ProviderChanged,
    RawQuarantined,
    WireItemHeld,
    WireItemKilled,
    WireItemStored,
    WireKillProposed,
)

# Where no hub is set, no fact waits for it.
HUB = (web.tell_hub,) if settings.DATELINE_WEBSUB_HUB else ()

# `urgent` runs right after COMMIT and again from the worker; `later` runs in the worker only.
# A fact nobody hears yet is still recorded: it is the newsroom's history.
TOLD = (stories.index_story, movements.note, *HUB)  # search, programs that ask, hubs
SUBSCRIPTIONS: dict[type[Any], Hearers] = {
    # Most of a wire becomes no story here: such an item costs a question, not a delivery.
    WireItemStored: Hearers(urgent=(stories.take_wire_item,), unless=stories.nobody_waits),
    WireItemKilled: Hearers(urgent=(stories.kill_family,)),  # before anything else hears of it
    WireKillProposed: Hearers(urgent=(stories.propose_kill,)),  # a person decides: ask at once
    WireItemHeld: Hearers(urgent=(stories.alarm_held,)),  # it may close a public story
    RawQuarantined: Hearers(),
    # Search follows from the worker; what readers may not find, the gate keeps from them at once.
    StoryPublished: Hearers(urgent=(stories.purge_pages,), later=TOLD),
    StoryUpdated: Hearers(
        urgent=(stories.purge_pages, trending.follow_update),
        later=TOLD,
    ),
    StoryCorrected: Hearers(
        urgent=(
            stories.purge_pages,
            trending.end_headline_tests,
            alerts.replace_corrected,
            newsletters.follow_correction,
            alerts.put_digests_right,
        ),
        later=TOLD,
    ),
    # Before any further mail or push leaves.
    StoryWithdrawn: Hearers(
        urgent=(
            stories.purge_pages,
            alerts.take_back_withdrawn,
            newsletters.take_out,
            alerts.put_digests_right,
            stories.index_story,
        ),
        later=(trending.end_headline_tests, movements.note, *HUB),  # no list shows it any more
    ),
    StoryKilled: Hearers(
        urgent=(
            stories.purge_pages,
            alerts.take_back_killed,
            newsletters.take_out,
            alerts.put_digests_right,
            stories.index_story,
        ),
        # The first fills the report, until all are clear; no list shows the story any more.
        later=(movements.note, web.confirm_kill, trending.end_headline_tests, *HUB),
    ),
    LegalDemandTold: Hearers(urgent=(stories.show_demand,)),
    StoryReinstated: Hearers(urgent=(stories.purge_pages,), later=(stories.index_story, *HUB)),
    StoryScheduled: Hearers(),
    StoryEmbargoed: Hearers(
        urgent=(stories.purge_pages, newsletters.take_out, alerts.put_digests_right),
        later=(stories.index_story, movements.note),
    ),
    StoryTermsChanged: Hearers(
        urgent=(stories.purge_pages, newsletters.take_out, alerts.put_digests_right),
        later=(stories.index_story, movements.note),
    ),
    PictureImported: Hearers(later=(media.make_ready,)),
    PictureChanged: Hearers(urgent=(media.purge_pages,), later=(media.make_ready,)),
    PictureKilled: Hearers(urgent=(media.purge_pages,)),
    PictureReinstated: Hearers(urgent=(media.purge_pages,), later=(media.make_ready,)),
    PictureRemoved: Hearers(urgent=(media.purge_pages,)),
    MastheadChanged: Hearers(urgent=(mastheads.purge_pages,)),
    AlarmChanged: Hearers(urgent=(fronts.show,)),  # every page of the network
    PersonChanged: Hearers(urgent=(stories.purge_person,), later=(stories.index_person,)),
    TopicChanged: Hearers(urgent=(stories.purge_topic,)),
    ReaderJoined: Hearers(later=(accounts.invite,)),  # a mail can wait for its reader to settle
    ReaderRenamed: Hearers(later=(discussion.show_name,)),
    AlertsWished: Hearers(later=(newsletters.take_wish,)),
    PasswordGuessed: Hearers(later=(accounts.warn_of_guesses,)),
    AccountDeleted: Hearers(),  # each room has forgotten in the same transaction
    AddressChanged: Hearers(),
    ProviderConnected: Hearers(),
    ProviderDisconnected: Hearers(),
    LoginsEnded: Hearers(),  # sessions ask for the log-in itself
    ProviderChanged: Hearers(urgent=(wire.purge_provider,)),
    # A comment or vote may wait ten seconds for its page; what was taken back may not.
    CommentPosted: Hearers(later=(discussion.follow_comment,)),
    CommentVoted: Hearers(later=(discussion.freshen,)),
    CommentEdited: Hearers(urgent=(discussion.follow_change,)),
    CommentDeleted: Hearers(urgent=(discussion.take_out,)),
    CommentReported: Hearers(urgent=(discussion.follow_report,)),
    CommentDecided: Hearers(
        urgent=(discussion.follow_decision,),
        # After the page: what they are told is true by then.
        later=(discussion.write_to_author, discussion.note_answer),
    ),
    ReaderForgotten: Hearers(urgent=(discussion.forget,)),
    ReaderJudged: Hearers(later=(discussion.write_to_author,)),
    DecisionAppealed: Hearers(),
    AppealDecided: Hearers(
        urgent=(discussion.follow_appeal,),
        later=(discussion.write_answer, discussion.note_restored),
    ),
    ReaderMuted: Hearers(),
    ThreadFollowed: Hearers(),
    ThreadDoorChanged: Hearers(urgent=(discussion.show_now,)),
    HouseChanged: Hearers(urgent=(discussion.show_house,)),
    WordListChanged: Hearers(),
    ModeratorsChanged: Hearers(),
    NoticeGiven: Hearers(later=(discussion.confirm_notice,)),
    NoticeDecided: Hearers(later=(discussion.tell_outcome,)),
    CampaignBooked: Hearers(),
    CampaignChanged: Hearers(),
    CampaignMoved: Hearers(urgent=(promos.show,)),
    CampaignKilled: Hearers(urgent=(promos.take_out,)),
    ManagersChanged: Hearers(),
    AdsTxtChanged: Hearers(urgent=(promos.show_ads_txt,)),
    ListingChanged: Hearers(urgent=(jobs.show,)),
    ListingClosed: Hearers(urgent=(jobs.take_out,)),
    JobFeedTaken: Hearers(urgent=(jobs.follow_feed,)),
    BoardKeepersChanged: Hearers(),
    PlaceChanged: Hearers(urgent=(places.show,)),
    LiveEntryPosted: Hearers(urgent=(stories.show_entries,)),
    LiveEntryChanged: Hearers(urgent=(stories.show_entries,)),
    LiveEntryWithdrawn: Hearers(urgent=(stories.hide_entry,)),
    CoverageMoved: Hearers(urgent=(stories.show_coverage,)),
    StorySeriesChanged: Hearers(urgent=(stories.show_series,)),
    PollChanged: Hearers(urgent=(polls.show,)),
    PollVoted: Hearers(later=(polls.freshen,)),  # a count may wait ten seconds for its page
    PageWritten: Hearers(urgent=(standing.show,)),
    ContactChanged: Hearers(urgent=(standing.show,)),
    MessageGiven: Hearers(later=(standing.send_on,)),  # stored: it is tried until it has left
    PageEditorsChanged: Hearers(),
    SeriesChanged: Hearers(),
    WeekWritten: Hearers(),  # a draft: it reaches readers when an editor publishes it
    NewsletterChanged: Hearers(
        urgent=(newsletters.show,),
        later=(newsletters.take_over_wishes,),  # of a list of alerts that was not there before
    ),
    # Whoever typed the address must not learn from the time it takes what its owner is told.
    SignUpAsked: Hearers(later=(newsletters.answer,)),
    SubscriptionConfirmed: Hearers(urgent=(web.follow_list,), later=(newsletters.welcome,)),
    # The suppression was written with it: unsent letters stop. Alerts have one of their own.
    SubscriptionEnded: Hearers(urgent=(web.leave_list,)),
    AddressChangeAsked: Hearers(later=(newsletters.ask_both,)),
    SubscriberMoved: Hearers(urgent=(web.follow_move,)),
    ListImported: Hearers(later=(web.follow_import,)),
    ListEditorsChanged: Hearers(),
    RuleSet: Hearers(),  # the next ranking obeys, and has pages drawn again
    RuleEnded: Hearers(),
    CuratorsChanged: Hearers(),
    HeadlineTestStarted: Hearers(urgent=(trending.show_headlines,)),
    HeadlineTestEnded: Hearers(urgent=(trending.show_headlines,)),
    AlertAsked: Hearers(),
    AlertMailAsked: Hearers(later=(web.ask_by_mail,)),  # as for sign-ups
    SearchMailAsked: Hearers(later=(alerts.ask_search,)),
    AlertReleased: Hearers(),
    AlertWithdrawn: Hearers(),
    AlertersChanged: Hearers(),
    MailingAbandoned: Hearers(),  # on record; whose letter it is looks at the mailing itself
    AddressSuppressed: Hearers(
        urgent=(alerts.follow_suppression,), later=(newsletters.follow_suppression,)
    ),
    RecipeChanged: Hearers(),
    EditionMade: Hearers(),
    EditionChanged: Hearers(urgent=(newsletters.show_edition,)),
    EditionKeptBack: Hearers(later=(newsletters.tell_editors,)),
    EditionMoved: Hearers(urgent=(newsletters.show_edition,)),
}
