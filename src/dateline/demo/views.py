"""The mailbox, on the desk and for readers: the mail a demo would have sent."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dateline.accounts.domain.ways import ACCOUNT
from dateline.demo import queries
from dateline.demo.domain.letters import Letter

# A letter is somebody else's HTML: no script, no form, no request leaves the frame it is shown in.
SANDBOX = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox"


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """List the newest letters."""
    _only_in_a_demo()
    page = "demo/readers_mailbox.html" if _is_reader(request) else "demo/mailbox.html"
    return render(request, page, {"letters": queries.mailbox()})


@require_safe
def letter(request: HttpRequest, file: str, place: int) -> HttpResponse:
    """Show one letter: its text, and its HTML in a frame that may do nothing."""
    found = _letter(file, place)
    page = "demo/readers_letter.html" if _is_reader(request) else "demo/letter.html"
    return render(request, page, {"letter": found, "file": file, "place": place})


@require_safe
def letter_html(request: HttpRequest, file: str, place: int) -> HttpResponse:
    """The HTML of one letter, as it left, under a policy that lets it do nothing."""
    del request  # Wagtail, which wraps every address of the desk, decides who may see it there
    response = HttpResponse(_letter(file, place).html)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _is_reader(request: HttpRequest) -> bool:
    """On the account host anybody reads a demo's mail: who registers has no log-in to the desk."""
    return getattr(request, "place", "") == ACCOUNT


def _only_in_a_demo() -> None:
    if not queries.is_demo():
        raise Http404("Only a demo keeps its mail in a mailbox.")


def _letter(file: str, place: int) -> Letter:
    _only_in_a_demo()
    found = queries.letter(file, place)
    if found is None:
        raise Http404("There is no such letter.")
    return found
