"""To a provider and back, the address that has to be proven in between, and what is connected."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from requests import RequestException

from dateline import clock
from dateline.accounts import queries
from dateline.accounts.domain.providers import APPLE
from dateline.accounts.domain.words import words_for
from dateline.accounts.services import codes, connections
from dateline.accounts.services.connections import Arrival, ConnectionRefused
from dateline.accounts.social import PROOF, ask_for_proof, failed, sign_in
from dateline.accounts.views.pages import signed_in, the_reader

LONGEST = 2000  # characters of a code or state
LONGEST_NUMBER = 18  # digits of a row's key


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, key: str) -> HttpResponseBase:
    """Say what will happen; with the button's POST, go to the provider."""
    provider = _provider(request, key)
    if request.method != "POST":
        context = {"label": provider.name, "key": key, "next": get_next_redirect_url(request) or ""}
        return render(request, "accounts/with_provider.html", context)
    if request.POST.get("process") == AuthProcess.CONNECT:
        return _to_connect(request, key)
    return _leave(request, provider, AuthProcess.LOGIN)


@signed_in
@reauthentication_required
def _to_connect(request: HttpRequest, key: str) -> HttpResponseBase:
    """Somebody who has just shown who they are connects a provider."""
    return _leave(request, _provider(request, key), AuthProcess.CONNECT)


def _leave(request: HttpRequest, provider: Any, process: str) -> HttpResponseBase:
    try:
        response: HttpResponseBase = provider.redirect(
            request, process=process, next_url=get_next_redirect_url(request)
        )
    except (OAuth2Error, RequestException) as error:  # its discovery does not answer
        return failed(request, provider.name, error="discovery", why=error)
    return response


@csrf_exempt  # Apple posts from its own page; the state in the session is what is checked
def back(request: HttpRequest, key: str) -> HttpResponseBase:
    """Take what a provider sends back, once, in the session that left for it."""
    provider = _provider(request, key)
    if request.method == "POST" and key == APPLE:  # without our cookies: they stay on our own ways
        told = {name: request.POST.get(name, "")[:LONGEST] for name in ("code", "state", "error")}
        return redirect(f"{request.path}?{urlencode({n: v for n, v in told.items() if v})}")
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    try:
        client = provider.get_oauth2_adapter(request)
    except (OAuth2Error, RequestException) as error:
        return failed(request, provider.name, error="discovery", why=error)
    response: HttpResponseBase = OAuth2CallbackView.adapter_view(client)(request)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def from_provider(request: HttpRequest) -> HttpResponseBase:
    """Prove an address by a code, whoever has it or nobody: the pages are the same."""
    arrival = connections.held(request.session)
    if arrival is None:
        return redirect("account_login")
    if request.method == "POST" and "code" in request.POST:
        return _take_code(request, arrival)
    if request.method == "POST":
        return _take_address(request, arrival, request.POST.get("email", ""))
    other = "other" in request.GET
    return _ask(request, arrival, sent_to="" if other else codes.sent_to(request.session, PROOF))


def _take_address(request: HttpRequest, arrival: Arrival, typed: str) -> HttpResponseBase:
    words, address = _words(request), typed.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        return _ask(request, arrival, typed=typed, problem=words["provider_no_address"])
    return ask_for_proof(request, arrival, address)


def _take_code(request: HttpRequest, arrival: Arrival) -> HttpResponseBase:
    words, now = _words(request), clock.now()
    sent_to = codes.sent_to(request.session, PROOF)
    try:
        address = codes.check(request.session, PROOF, request.POST["code"], at=now)
        user = connections.settle(arrival, address, at=now)
    except codes.CodeRefused as refusal:
        if str(refusal) == "code_wrong":
            return _ask(request, arrival, sent_to=sent_to, problem=words["code_wrong"])
        return _give_up(request, words["code_over"])
    except ConnectionRefused as refusal:
        return _give_up(request, words[str(refusal)])
    return sign_in(request, user, arrival)


def _give_up(request: HttpRequest, why: str) -> HttpResponseBase:
    """Nothing is left of the attempt; the log-in page says why."""
    arrival = connections.held(request.session)
    connections.let_go(request.session)
    codes.forget(request.session, PROOF)
    messages.error(request, why)
    query = urlencode({"next": arrival.next}) if arrival and arrival.next else ""
    return redirect(f"/login/?{query}")


def _ask(
    request: HttpRequest,
    arrival: Arrival,
    *,
    sent_to: str = "",
    typed: str = "",
    problem: str = "",
) -> HttpResponse:
    context = {
        "label": queries.provider(arrival.provider).label,
        "sent_to": sent_to,
        "typed": typed or arrival.email,
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "accounts/from_provider.html", context, status=status)


@require_safe
@signed_in
def connected(request: HttpRequest) -> HttpResponseBase:
    """The accounts at providers that open this one, and those that could."""
    rows, labels = queries.connections(the_reader(request)), _labels()
    return render(
        request,
        "accounts/connections.html",
        {
            "connected": [(row, labels.get(row.provider, row.provider)) for row in rows],
            "others": [one for one in queries.providers() if one.id not in _keys(rows)],
        },
    )


@require_POST
@signed_in
@reauthentication_required
def disconnect(request: HttpRequest) -> HttpResponseBase:
    """Take one away, unless it is the last way in."""
    words, user = _words(request), the_reader(request)
    try:
        gone = connections.disconnect(
            user, _number(request.POST.get("account", "")), at=clock.now()
        )
    except ConnectionRefused as refusal:
        messages.error(request, words[str(refusal)])
    else:
        if gone:
            language, label = str(request.LANGUAGE_CODE), _labels().get(gone, gone)
            connections.tell(user, "disconnected", provider=label, language=language)
            messages.success(request, words["provider_disconnected"])
    return redirect("accounts:connections")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


def _provider(request: HttpRequest, key: str) -> Any:
    try:
        queries.provider(key)
    except KeyError:
        raise Http404(f"There is no log-in with {key}.") from None
    return get_adapter().get_provider(request, key)


def _labels() -> dict[str, str]:
    return {one.id: one.name for one in queries.providers()}


def _keys(rows: list[Any]) -> set[str]:
    return {row.provider for row in rows}


def _words(request: HttpRequest) -> dict[str, str]:
    return words_for(str(request.LANGUAGE_CODE))
