"""Every kind of page that readers can be shown, with its address on a full title and on an empty one.

Add a row here for every page that you add: a test fails where an address pattern, or a template,
of the readers' rooms is in no row. `{name}` in an address is a name of `Title.paths`.
"""

from dataclasses import dataclass, field

A_STORY = "a story is its own content: an empty title has none"
ITS_OWN = "it exists only once somebody has made what it shows"
TYPED = {"name": "", "email": "no address", "text": ""}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of page. `of` are the names of its patterns; no address on an empty title has a why.

    `sent` is what a form posts; `member` and `editor` ask as somebody who is signed in; `during` is
    what must have happened to the network meanwhile.
    """

    name: str
    of: tuple[str, ...]
    full: str
    empty: str = ""  # where it is another than on a full one
    never_empty: str = ""
    status: int = 200
    empty_status: int = 0  # where it is another
    sent: dict = field(default_factory=dict)
    member: bool = False
    editor: bool = False
    host: str = ""  # where it is not the title's own
    only_english: str = ""  # why there is no Japanese one
    never_full: str = ""  # why there is none for somebody who has all there is
    during: str = ""

    def address(self, state):
        """Its address in a state, or nothing."""
        if state == "full" and self.never_full:
            return ""
        if state == "empty":
            return "" if self.never_empty else (self.empty or self.full)
        return self.full

    def answers(self, state):
        """The status that is right in a state."""
        return (state == "empty" and self.empty_status) or self.status


def kind(name, full, *of, **more):
    """A row of the table below."""
    return Kind(name=name, full=full, of=of or (name,), **more)


def story(name, *of, status=200, suffix="", **more):
    """A row of a page that is of one story."""
    return Kind(
        name=name, full="{" + name + "}" + suffix, of=of or ("story",), status=status,
        never_empty=A_STORY, **more,
    )  # fmt: skip


DESK, ACCOUNT, NETWORK = "desk.localhost", "account.localhost", "localhost"
LISTS = (
    kind("front", "/"),
    kind("section", "/world/"),
    kind("section_page", "/world/?page=2", "section", never_empty="an empty list has one page"),
    kind("topics", "/topics/"),
    kind("topic", "/topics/ferries/"),
    kind("person", "/people/hana/", empty="/people/rui/"),
    kind("agency", "/agencies/kna/"),
    kind("corrections", "/corrections/"),
    kind("most_read", "/most-read/"),
    kind("archive", "/archive/"),
    kind("archive_year", "/archive/2026/"),
    kind("archive_month", "/archive/2026/11/"),
    kind("archive_day", "/archive/2026/11/20/"),
    kind("live_index", "/live/"),
    kind("series", "/series/weekly/", empty="/series/nothing-yet/"),
    kind("trending", "/trending/"),
    kind("places", "/places/"),
    kind("place", "/places/yukimori/", never_empty=ITS_OWN),
    kind("jobs", "/jobs/"),
    kind("jobs_only", "/jobs/with/full-time/"),
    kind("job", "{job}", never_empty=ITS_OWN),
    kind("job_over", "{job_over}", "job", never_empty=ITS_OWN, status=410),
    kind("newsletters", "/newsletters/"),
    kind("letters", "{letters}", empty="{letters_empty}"),
    kind("letter", "{letter}", never_empty=ITS_OWN),
)
STORIES = (
    story("article"),
    story("wire"),
    story("opinion"),
    story("plain"),
    story("press_release"),
    story("picture"),
    story("gallery"),
    story("quote"),
    story("digest"),
    story("event"),
    story("poll"),
    story("poll_over"),
    story("blog"),
    story("blog_empty"),
    story("entry", "live_entry"),
    story("in_series"),
    story("pair"),
    story("killed", status=410),
    story("withdrawn", status=410),
    story("withheld", status=451),
    story("expired", status=410),
    story("rights_over", status=410),
    kind("versions", "{article}/versions", never_empty=A_STORY),
    story("poll_page", "poll"),
    story("poll_over_page", "poll"),
    kind("poll_refused", "{poll_page}vote", "poll_vote", never_empty=A_STORY, status=422, sent={
        "answer": "",
    }),
    story("thread", "comments"),
    kind("thread_member", "{thread}", "comments", never_empty=A_STORY, member=True),
    kind("thread_refused", "{thread}", "comments", never_empty=A_STORY, member=True, status=422,
         sent={"text": ""}),
    kind("thread_signed_out", "{thread}", "comments", never_empty=A_STORY, status=403,
         sent={"text": "The ferry is late."}),
    story("comment"),
    kind("comment_member", "{comment}", "comment", never_empty=A_STORY, member=True),
    kind("comment_refused", "{comment}/edit", "act", never_empty=A_STORY, member=True,
         status=422, sent={"text": " "}),
    kind("follow_signed_out", "{thread}follow", "follow", never_empty=A_STORY, status=403,
         sent={"on": "1"}),
    kind("member", "{member}", never_empty=ITS_OWN),
    kind("mute_signed_out", "{member}mute", "mute", never_empty=ITS_OWN, status=403,
         sent={"on": "1"}),
    kind("follow_story", "/alerts/story/{article_id}/", never_empty=A_STORY),
)  # fmt: skip
SEARCH = (
    kind("search", "/search"),
    kind("search_found", "/search?q={word}", "search"),
    kind("search_best", "/search?q={word}&by=best&section=world", "search"),
    kind("search_none", "/search?q=xyzzyplugh", "search"),
    kind("search_meant", "/search?q={typo}", "search"),
    kind("search_odd", "/search?q=%22-%3A%01%E2%80%AE%F0%9F%9A%A2&kind=nonsense", "search"),
    kind("search_long", "/search?q=" + "a" * 9_000, "search"),
    kind("search_no_page", "/search?q={word}&page=99999", "search", status=404),
    kind("search_mail", "/search/mail?q={word}"),
    kind("search_mail_bare", "/search/mail", "search_mail"),
    kind(
        "search_mail_refused",
        "/search/mail",
        "search_mail",
        status=422,
        sent={
            "q": "ferry",
            "pace": "daily",
            "zone": "Asia/Tokyo",
            "address": "none",
        },
    ),
    kind(
        "search_mail_asked",
        "/search/mail",
        "search_mail",
        sent={
            "q": "ferry",
            "pace": "daily",
            "zone": "Asia/Tokyo",
            "address": "new@news.example",
        },
    ),
    kind("search_mail_yes", "{search_mail_yes}"),
    kind("search_mail_done", "{search_mail_yes}", "search_mail_yes", sent={"yes": "1"}),
    kind("search_mail_choose", "{search_mail_choose}"),
    kind("search_mail_void", "/search/mail/choose/of-nobody/", "search_mail_choose", status=410),
    kind("search_busy", "/search?q={word}", "search", status=429, during="busy"),
    kind("search_away", "/search?q={word}", "search", status=503, during="engine_away"),
)
STANDING = tuple(
    kind(name, f"/{name}/") for name in ("about", "contact", "imprint", "privacy", "terms", "rules")
)
AROUND = (
    *STANDING,
    kind("staff", "/staff/", never_empty="a title that has not written it has no such page"),
    kind("contact_write", "/contact/write/"),
    kind("contact_refused", "/contact/write/", "contact_write", status=422, sent=TYPED),
    kind("contact_sent", "/contact/sent/"),
    kind("notice", "/notices/"),
    kind("notice_refused", "/notices/", "notice", status=422, sent={"address": "ferry"}),
    kind("notice_numbers", "/notices/numbers/2026/"),
    kind("notice_status", "{notice}", never_empty=ITS_OWN),
    kind("saved", "/saved/"),
    kind("offline", "/offline/"),
    kind("alerts", "/alerts/"),
    kind("follow_topic", "/alerts/topic/ferries/"),
    kind("alerts_asked", "/alerts/by-mail", "alerts_by_mail", sent={"address": "new@news.example"}),
    kind("alerts_refused", "/alerts/by-mail", "alerts_by_mail", status=422, sent={
        "address": "none",
    }),
    kind("alerts_yes", "{alerts_yes}"),
    kind("alerts_done", "{alerts_yes}", "alerts_yes", sent={"yes": "1"}),
    kind("alerts_choose", "{alerts_choose}"),
    kind("alerts_void", "/alerts/choose/of-nobody/", "alerts_choose", status=410),
    kind("offer_report", "{offer_report}", "report", never_empty=ITS_OWN,
         only_english="an advertiser reads it, and no reader"),
)  # fmt: skip
LETTERS = (
    kind("sign_up", "/newsletters/sign-up", sent={"address": "n@news.example", "list": "{evening}"}),
    kind("sign_up_refused", "/newsletters/sign-up", "sign_up", status=422, sent={"address": "x"}),
    kind("letter_confirm", "{letter_confirm}", never_empty=ITS_OWN),
    kind("letter_confirmed", "{letter_confirm}", "letter_confirm", never_empty=ITS_OWN,
         sent={"yes": "1"}),
    kind("letter_out", "{letter_out}", never_empty=ITS_OWN),
    kind("letter_left", "{letter_out}", "letter_out", never_empty=ITS_OWN, sent={
        "List-Unsubscribe": "One-Click",
    }),
    kind("letter_choose", "{letter_choose}", never_empty=ITS_OWN),
    kind("letter_chosen", "{letter_choose}", "letter_choose", never_empty=ITS_OWN, status=422,
         sent={"verb": "move", "address": "no"}),
    kind("letter_move", "{letter_move}", never_empty=ITS_OWN),
    kind("letter_void", "/newsletters/out/of-nobody/", "letter_out", status=410),
)  # fmt: skip
OWN = (
    kind("account", "/account/", member=True),
    kind("own_saved", "/account/saved/", member=True),
    kind("own_saved_refused", "/account/saved/keep", "saved_keep", member=True, status=422,
         sent={"address": "nowhere"}),
    kind("own_comments", "/account/comments/", member=True),
    kind("own_comments_refused", "/account/comments/mail/", "answer_mail", member=True,
         status=422, sent={"pace": "always"}),
    kind("appeal_refused", "{appeal}", "appeal", member=True, status=422, sent={"text": ""},
         never_empty=ITS_OWN),
    kind("appeal_signed_out", "/account/comments/1/appeal/", "appeal", status=403,
         sent={"text": "Not you!"}),
    kind("stop_answers", "{stop_answers}"),
    kind("answers_stopped", "{stop_answers}", "stop_answers", sent={"stop": "1"}),
)  # fmt: skip
HAVE_TWINS = {
    "topics", "topic", "person", "agency", "corrections", "most_read", "archive", "archive_year",
    "archive_month", "archive_day", "live_index", "series", "places", "place",
}  # fmt: skip
LITE = (
    *(
        kind(f"lite_{one.name}", f"/lite{one.full}", empty=one.empty and f"/lite{one.empty}",
             never_empty=one.never_empty)
        for one in (*LISTS, *AROUND) if one.name in HAVE_TWINS or one in STANDING
    ),
    kind("lite_staff", "/lite/staff/", never_empty="as the page itself"),
    kind("lite_staff_lost", "/lite/staff/", "lite_staff", never_full="it has one", status=404),
    kind("lite_search", "/lite/search"),
    kind("lite_search_found", "/lite/search?q={word}", "lite_search"),
    kind("lite_search_no_page", "/lite/search?q={word}&page=99999", "lite_search", status=404),
    kind("lite_versions", "/lite{article}/versions", never_empty=A_STORY),
    kind("lite_thread", "/lite{thread}", "lite_comments", never_empty=A_STORY),
    kind("lite_no_thread", "/lite{killed}/comments/", "lite_comments", never_empty=A_STORY,
         status=410),
    kind("lite_entry", "/lite{entry}", "lite_live_entry", never_empty=A_STORY),
    kind("lite_no_versions", "/lite{killed}/versions", "lite_versions", never_empty=A_STORY,
         status=410),
    kind("lite", "/lite/"),
    kind("lite_section", "/lite/world/"),
    kind("lite_section_page", "/lite/world/?page=2", "lite_section",
         never_empty="an empty list has one page"),
    kind("lite_missing", "/lite/a/b/c", status=404),
    *(
        kind(f"lite_{name}", f"/lite{{{name}}}", "lite_story", never_empty=A_STORY)
        for name in (
            "article", "wire", "quote", "digest", "event", "poll", "poll_over", "blog",
            "blog_empty", "press_release", "gallery",
        )
    ),
    kind("lite_gone", "/lite{killed}", "lite_story", never_empty=A_STORY, status=410),
    kind("lite_withheld", "/lite{withheld}", "lite_story", never_empty=A_STORY, status=451),
    kind("lite_rights_over", "/lite{rights_over}", "lite_story", never_empty=A_STORY, status=410),
)  # fmt: skip
ERRORS = (
    kind("not_found", "/no/such/page", status=404),
    kind("lost_section", "/no-such-section/", "section", status=404),
    kind("error", "/", "front", status=500, during="a_fault"),
)
ALARMS = (
    kind("front_alarmed", "/", "front", during="alarm"),
    *(
        kind(f"emergency_{name}", path, name, during="emergency")
        for name, path in (
            ("front", "/"), ("section", "/world/"), ("about", "/about/"), ("topics", "/topics/"),
            ("corrections", "/corrections/"), ("newsletters", "/newsletters/"),
            ("offline", "/offline/"), ("archive_month", "/archive/2026/11/"), ("alerts", "/alerts/"),
        )
    ),
    kind("emergency_search", "/search?q={word}", "search", during="emergency"),
    kind("emergency_story", "{article}", "story", never_empty=A_STORY, during="emergency"),
    kind("emergency_thread", "{thread}", "comments", never_empty=A_STORY, during="emergency"),
    kind("emergency_lost", "/no/such/page", "not_found", status=404, during="emergency"),
)  # fmt: skip
OTHER_HOSTS = (
    kind("network_home", "/", host=NETWORK, only_english="it is of the whole network"),
    kind(
        "network_home_bare",
        "/",
        "network_home",
        host=NETWORK,
        during="no_titles",
        only_english="it is of the whole network",
    ),
    kind(
        "styleguide",
        "/preview/{slug}/styleguide/",
        "<slug:masthead>/styleguide/",
        host=DESK,
        editor=True,
    ),
    kind(
        "standing_preview",
        "/preview/{slug}/standing/about/",
        "<slug:masthead>/standing/<slug:kind>/",
        host=DESK,
        editor=True,
        sent={"text": "<p>A draft.</p>"},
    ),
)
OF_TITLES = (
    *LISTS, *STORIES, *SEARCH, *AROUND, *LETTERS, *OWN, *LITE, *ERRORS, *ALARMS, *OTHER_HOSTS,
)  # fmt: skip


def door(name, *of, **more):
    """A row of the account host, whose pages `signing_in` walks to."""
    patterns = tuple(f"account:{one}" for one in of)
    return Kind(name=name, full=ACCOUNT, host=ACCOUNT, of=patterns, **more)


HAS_MORE = "only who has a second step, or was invited, is shown it"
DOORS = (
    door("login", "account_login"),
    door("login_refused", "account_login"),
    door("signup", "account_signup"),
    door("signup_refused", "account_signup"),
    door("signup_passkey", "account_signup_by_passkey"),
    door("signup_code", "account_email_verification_sent"),
    door("login_code", "account_request_login_code"),
    door("login_code_sent", "account_confirm_login_code"),
    door("password_reset", "account_reset_password"),
    door("password_code", "account_confirm_password_reset_code"),
    door("with_provider", "with"),
    door("provider_failed", "back", status=401),
    door("from_provider", "from_provider"),
    door("mail_away", "account_request_login_code", status=503),
    door("alerts_link", "alerts", never_empty=HAS_MORE),
    door("alerts_noted", "alerts", never_empty=HAS_MORE),
    door("alerts_link_void", "alerts", status=410),
    door("no_such_page", status=404),
    door("join", "join"),
    door("join_refused", "join", status=422),
    door("home", "home"),
    door("name", "name"),
    door("name_refused", "name", status=422),
    door("logins", "logins"),
    door("data", "data"),
    door("data_status", "data_status"),
    door("delete", "delete"),
    door("delete_refused", "delete", status=422),
    door("asked_again", "account_reauthenticate"),
    door("connections", "connections"),
    door("address", "account_email"),
    door("old_address", "old_address"),
    door("second_step", "mfa_index"),
    door("second_step_asked", "mfa_authenticate", never_empty=HAS_MORE),
    door("second_step_app", "mfa_activate_totp", never_full="they have one"),
    door("passkeys", "mfa_list_webauthn"),
    door("passkey_new", "mfa_add_webauthn"),
    door("password_change", "account_change_password"),
    door("logout", "account_logout"),
    door("desk_closed", "enter", status=403),
)
OF_READERS = OF_TITLES + DOORS
# Templates that no row can reach, each with its reason.
UNDRAWN = {
    "429.html": "allauth draws it where its own limits are reached; tests/accounts asks for it",
    "accounts/refused.html": "a code of another browser; tests/accounts/views/test_doors.py",
    "mfa/webauthn/signup_form.html": "between two steps of a passkey; a journey signs up with one",
}
DATA, FILE, MOVED = "data for a program", "a file", "it only leads elsewhere"
FRAMED = "a form of allauth's in the frame and with the elements of those above: not asked here"
DEMO = "of a demo only: tests/demo and a journey open it"
NO_PAGE = {
    DATA: {
        "feed", "topic_feed", "person_feed", "agency_feed", "corrections_feed", "most_read_feed",
        "section_feed", "search_feed", "robots", "sitemap", "sitemap_pages", "sitemap_shard",
        "news_sitemap", "me", "new", "now", "talk", "mine", "live_entries", "trending_items",
        "alerts_keep", "alerts_mine", "alerts_pause", "alerts_leave", "alerts_drill", "api",
        "api_description", "api_stories", "api_story", "api_versions", "api_nothing", "manifest",
        "service_worker", "notice_csv", "notice_json", "list", "ads_txt", "seen", "report_csv",
        "api_changes", "saved_state",
    },
    FILE: {
        "look", "favicon", "wordmark", "icon", "share_picture", "event", "media_reader_copy",
        "media_desk_copy", "media_original", "<slug:masthead>/look.css",
        "<slug:masthead>/wordmark.svg",
    },
    MOVED: {
        "to_section", "out", "back", "away", "own_letters", "click", "saved_remove", "saved_undo",
    },
}  # fmt: skip
NO_PAGE_OF_ACCOUNTS = {
    DATA: {
        "robots.txt", "data_copy", "facebook_deletion", "facebook_deauthorize", "apple_notices",
        "events", "mfa_login_webauthn", "mfa_download_recovery_codes",
    },
    FILE: {"<slug:masthead>/look.css", "<slug:masthead>/wordmark.svg"},
    MOVED: {
        "end_login", "leave", "ask_copy", "disconnect", "mfa_remove_webauthn",
        "<slug:masthead>/styleguide/", "<slug:masthead>/standing/<slug:kind>/",
    },
    FRAMED: {
        "mfa_reauthenticate", "mfa_deactivate_totp", "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes", "mfa_reauthenticate_webauthn", "mfa_edit_webauthn",
        "mfa_signup_webauthn", "account_inactive", "account_set_password",
        "account_complete_password_reset", "account_password_reset_completed",
    },
    DEMO: {"mailbox", "letter", "letter_html"},
}  # fmt: skip
