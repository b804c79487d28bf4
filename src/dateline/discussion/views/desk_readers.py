"""A person before the moderators: what they wrote, what was decided, and what to do about it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from dateline import clock
from dateline.discussion.domain.desk_rows import ReaderCard
from dateline.discussion.domain.errors import DiscussionRefused
from dateline.discussion.domain.status import HOUSE_RULES, Verb
from dateline.discussion.forms import JudgeForm
from dateline.discussion.queries import moderating, people
from dateline.discussion.services import readers
from dateline.discussion.views.desk_access import by, draw, moderators_only, trail

SAID = {
    Verb.WARNED: "They are warned, and told why.",
    Verb.SUSPENDED: "They cannot comment there until {until}, and are told why.",
    Verb.BANNED: "They cannot comment there any more, and are told why.",
    Verb.LIFTED: "They can comment there again.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderators_only
def reader(request: HttpRequest, reader_id: UUID) -> HttpResponse:
    """Show the person; on POST warn, suspend, ban or lift. A refusal keeps what was typed."""
    card = moderating.reader_card(reader_id, by=by(request), at=clock.now())
    if card is None:
        raise Http404("There is nobody of that kind on what you moderate.")
    sites, leads = moderating.sites_of(by(request)), people.moderates(by(request), None)
    form = JudgeForm(request.POST if request.method == "POST" else None, sites=sites, leads=leads)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _judged(form, reader_id, by(request)))
        except DiscussionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("discussion_desk:reader", reader_id)
    return _page(request, card, form)


def _judged(form: JudgeForm, reader_id: UUID, who: UUID) -> str:
    told = form.cleaned_data
    verb, masthead_id = Verb(told["verb"]), form.masthead_id
    if verb is Verb.LIFTED:
        readers.lift(reader_id, masthead_id=masthead_id, by=who, reason=told["reason"])
    elif verb is Verb.SUSPENDED:
        until = form.until()
        readers.suspend(
            reader_id, masthead_id=masthead_id, by=who, until=until, rule=told["rule"],
            reason=told["reason"],
        )  # fmt: skip
        return SAID[verb].format(until=f"{until:%H:%M UTC, %d %B %Y}")
    else:
        do = readers.warn if verb is Verb.WARNED else readers.ban
        do(reader_id, masthead_id=masthead_id, by=who, rule=told["rule"], reason=told["reason"])
    return SAID[verb]


def _page(request: HttpRequest, card: ReaderCard, form: JudgeForm) -> HttpResponse:
    return draw(
        request,
        "reader",
        card=card,
        form=form,
        rules=HOUSE_RULES,
        breadcrumbs_items=trail(("", card.name)),
        status=422 if form.errors else 200,
    )
