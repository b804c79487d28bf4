"""The desk's screens that look at a letter as readers will, check it, and let it leave."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from dateline import clock
from dateline.mail.domain.copies import Letter
from dateline.mail.queries.mailings import in_doubt
from dateline.mail.services.mailings import WrongState
from dateline.mail.services.unsent import UNSENT
from dateline.newsletters import edition_forms as forms
from dateline.newsletters import models
from dateline.newsletters.domain.check_words import said
from dateline.newsletters.domain.check_words import words_for as check_words
from dateline.newsletters.domain.editions import EditionRefused
from dateline.newsletters.domain.segments import Variant
from dateline.newsletters.queries import audiences, letters, material
from dateline.newsletters.services import checking, sending
from dateline.newsletters.views.desk_access import READ_AND_WRITE, UNFIT, by, editors_only
from dateline.newsletters.views.edition_access import draw, language, own_edition, words

WIDTHS = (320, 600, 800)
SCHEMES = ("light", "dark", "turned")
# A letter brings its styles with it; it runs nothing, and loads pictures of its title only.
LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src * data:; sandbox"
DARK = "(prefers-color-scheme: dark)"
OVER = "{filter:invert(1) hue-rotate(180deg)}"
TURNED = f"<style>html{OVER}img{OVER}</style>"


@require_safe
@editors_only
def preview(request: HttpRequest, edition_id: int) -> HttpResponse:
    """A letter at a width, by day, by night or turned over, for one kind of reader."""
    row = own_edition(request, edition_id)
    variants = audiences.variants_of(row)
    which = _which(request, len(variants))
    width = request.GET.get("width", "")
    scheme = request.GET.get("scheme", "")
    return draw(
        request, "letter_preview", row.subject, row=row, tab="preview", which=which,
        variants=[(number, _named(row, one)) for number, one in enumerate(variants)],
        widths=WIDTHS, width=int(width) if width in map(str, WIDTHS) else WIDTHS[1],
        schemes=SCHEMES, scheme=scheme if scheme in SCHEMES else SCHEMES[0],
        text=_letter(request, row).text,
    )  # fmt: skip


def _named(row: models.Edition, variant: Variant) -> str:
    all_blocks = len(row.content.get("blocks", ()))
    part = f" ({len(variant.blocks)}/{all_blocks})" if len(variant.blocks) < all_blocks else ""
    return f"{variant.language}{part}"


@require_safe
@editors_only
@xframe_options_sameorigin
def letter(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The HTML of a letter by itself, for the frame of the preview."""
    html = _letter(request, own_edition(request, edition_id)).html
    scheme = request.GET.get("scheme")
    html = html.replace(DARK, "all" if scheme == "dark" else "not all")
    if scheme == "turned":
        html = html.replace("</head>", f"{TURNED}</head>", 1)
    response = HttpResponse(html)
    response.headers["Content-Security-Policy"] = LETTER_POLICY
    return response


def _which(request: HttpRequest, count: int) -> int:
    told = request.GET.get("variant", "")
    return int(told) if told.isascii() and told.isdigit() and int(told) < count else 0


def _letter(request: HttpRequest, row: models.Edition) -> Letter:
    """A letter with its slots filled as for nobody."""
    variants = audiences.variants_of(row)
    wanted = variants[_which(request, len(variants))]
    return letters.as_test(letters.drawn(row, [wanted], at=clock.now())[wanted])


@require_POST
@editors_only
def test(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Send every text of a letter to whoever asks, marked as a test; its links lead nowhere."""
    row = own_edition(request, edition_id)
    address = str(request.user.email)  # type: ignore[union-attr]  # nobody is here without one
    try:
        for one in letters.drawn(row, audiences.variants_of(row), at=clock.now()).values():
            _send_test(letters.as_test(one), address)
    except UNSENT as error:
        messages.error(request, words()["untested"].format(error))
    else:
        messages.success(request, words()["tested"].format(address))
    return redirect("letters_desk:preview", row.pk)


def _send_test(one: Letter, address: str) -> None:
    headers = {k: v for k, v in one.headers.items() if not k.startswith("List-")}
    mail = EmailMultiAlternatives(
        subject=f"[{words()['preview']}] {one.subject}", body=one.text, from_email=one.sender,
        to=[address], reply_to=[one.reply_to] if one.reply_to else None, headers=headers,
    )  # fmt: skip
    mail.attach_alternative(one.html, "text/html")
    mail.send()


@require_http_methods(READ_AND_WRITE)
@editors_only
def preflight(request: HttpRequest, edition_id: int) -> HttpResponse:
    """What was found when the letter was last looked at; a POST looks again."""
    row = own_edition(request, edition_id)
    if request.method == "POST":
        try:
            checking.check(row.pk, by=by(request), at=clock.now())
        except EditionRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("letters_desk:preflight", row.pk)
    c = check_words(language())
    found = [
        (c[one["check"]], one["standing"], c[one["standing"]], said(one, language()))
        for one in row.checked
    ]
    blocked = any(standing == "blocked" for _, standing, _, _ in found)
    return draw(
        request,
        "letter_preflight",
        row.subject,
        row=row,
        tab="preflight",
        found=found,
        blocked=blocked,
    )


@require_http_methods(READ_AND_WRITE)
@editors_only
def send(request: HttpRequest, edition_id: int) -> HttpResponse:
    """When a letter leaves, how far it is, and whose mail is in doubt."""
    row = own_edition(request, edition_id)
    zone = row.newsletter.time_zone
    data = request.POST if request.POST.get("verb") == "schedule" else None
    form = forms.ScheduleForm(data, initial=_when(row), words=words(), zone=zone)
    if request.method == "POST" and (data is None or form.is_valid()):
        _done(request, row, form)
        return redirect("letters_desk:send", row.pk)
    return draw(
        request, "letter_send", row.subject, status=UNFIT if data is not None else 200, row=row,
        tab="send", form=form, progress=sending.progress(row),
        doubts=in_doubt(row.mailing_id) if row.mailing_id else [],
        goes_to=words()["goes_to"].format(audiences.readers_of(row.newsletter_id)),
        path=letters.path_of(row),
        site=material.home_of(row.newsletter), zone=zone,
    )  # fmt: skip


def _when(row: models.Edition) -> dict[str, Any]:
    today = clock.now().astimezone(ZoneInfo(row.newsletter.time_zone)).date()
    return {"day": row.leaves_on or row.day or today, "time": row.wall, "each_zone": row.each_zone}


def _done(request: HttpRequest, row: models.Edition, form: forms.ScheduleForm) -> None:
    who: dict[str, Any] = {"by": by(request), "at": clock.now()}
    verb = request.POST.get("verb", "")
    try:
        if verb == "schedule":
            day, wall = form.when
            each_zone = form.cleaned_data["each_zone"]
            sending.schedule(row.pk, day=day, wall=wall, each_zone=each_zone, **who)
        else:
            _move(verb)(row.pk, **who)
    except (EditionRefused, WrongState) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words()["saved"])


def _move(name: str) -> Callable[..., None]:
    if name not in MOVES:
        raise EditionRefused("Choose what to do with it.")
    return MOVES[name]


MOVES: dict[str, Callable[..., None]] = {
    "now": sending.send_now,
    "take_back": sending.take_back,
    "drop": sending.drop,
    "pause": sending.pause,
    "resume": sending.resume,
    "stop": sending.stop,
}
