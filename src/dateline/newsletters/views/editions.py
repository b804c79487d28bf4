"""The desk's screens for letters: all of them, and the builder of one."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from dateline import clock
from dateline.mastheads import queries as mastheads
from dateline.newsletters import edition_forms as forms
from dateline.newsletters.domain.editions import OPEN_TO_HANDS, EditionRefused, content_of
from dateline.newsletters.queries import audiences, edition_desk, letters, material
from dateline.newsletters.services import editions, recipes
from dateline.newsletters.views.desk_access import READ_AND_WRITE, UNFIT, by, editors_only
from dateline.newsletters.views.edition_access import draw, own_edition, own_list, words


@editors_only
def index(request: HttpRequest) -> HttpResponse:
    """Every list of theirs with its recipe, and their letters, newest first."""
    own = edition_desk.lists_of(by(request))
    lines = [(row, getattr(row, "recipe", None), audiences.readers_of(row.pk)) for row in own]
    return draw(
        request,
        "letters_index",
        words()["letters"],
        lists=lines,
        editions=edition_desk.editions_of(own),
    )


@require_POST
@editors_only
def make(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a draft of a list now."""
    newsletter = own_list(request, slug)
    try:
        row = editions.make_draft(newsletter.pk, by=by(request), at=clock.now())
    except EditionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("letters_desk:index")
    return redirect("letters_desk:edition", row.pk)


@editors_only
def edition(request: HttpRequest, edition_id: int) -> HttpResponse:
    """What stands in a letter, with a button for everything that can be done with it."""
    row = own_edition(request, edition_id)
    content, site = content_of(row.content), material.home_of(row.newsletter)
    return draw(
        request, "letter_edition", row.subject, row=row, content=content, site=site, tab="build",
        open=row.state in OPEN_TO_HANDS, path=letters.path_of(row),
        shown=set(material.still_open(content.items, at=clock.now())),
        say=forms.SayForm(
            initial={"subject": row.subject, "preheader": row.preheader}, words=words()
        ),
        add=forms.AddForm(words=words()), notes=edition_desk.notes_of(row),
        can_undo=edition_desk.can_undo(row),
    )  # fmt: skip


@require_POST
@editors_only
def change(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Do one thing with a letter's contents, named by `verb`, and show it again."""
    row = own_edition(request, edition_id)
    verb, given = request.POST.get("verb", ""), request.POST
    try:
        told = _verb(verb)(row.pk, given, {"by": by(request), "at": clock.now()})
    except EditionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        if told:
            messages.success(request, words()[told])
    place = given.get("key", "")
    address = reverse("letters_desk:edition", args=[row.pk])
    return redirect(f"{address}#at-{place}" if place else address)


Given = QueryDict
Who = dict[str, Any]


def _verb(name: str) -> Callable[[int, Given, Who], str]:
    if name not in VERBS:
        raise EditionRefused("Choose what to do with it.")
    return VERBS[name]


def _say(edition_id: int, given: Given, who: Who) -> str:
    editions.say(
        edition_id, subject=given.get("subject", ""), preheader=given.get("preheader", ""), **who
    )
    return "saved"


def _add(edition_id: int, given: Given, who: Who) -> str:
    form = forms.AddForm(given, words=words())
    if not form.is_valid():
        raise EditionRefused(" ".join(map(str, form.errors["story"])))
    editions.add_story(edition_id, given.get("block", ""), form.cleaned_data["story"], **who)
    return "saved"


def _step(move: Callable[..., None], step: int) -> Callable[[int, Given, Who], str]:
    def moved(edition_id: int, given: Given, who: Who) -> str:
        move(edition_id, given.get("key", ""), step, **who)
        return ""

    return moved


def _out(edition_id: int, given: Given, who: Who) -> str:
    editions.take_out(edition_id, given.get("key", ""), **who)
    return ""


def _remove(edition_id: int, given: Given, who: Who) -> str:
    editions.remove_block(edition_id, given.get("key", ""), **who)
    return ""


def _rewrite(edition_id: int, given: Given, who: Who) -> str:
    said: Who = {name: given.get(name, "") for name in ("headline", "standfirst")}
    editions.rewrite(edition_id, given.get("key", ""), **said, **who)
    return "saved"


def _reword(edition_id: int, given: Given, who: Who) -> str:
    said: Who = {name: given.get(name, "") for name in ("title", "text")}
    editions.reword(edition_id, given.get("key", ""), **said, **who)
    return "saved"


def _undo(edition_id: int, _: Given, who: Who) -> str:
    editions.undo(edition_id, **who)
    return "undone"


VERBS: dict[str, Callable[[int, Given, Who], str]] = {
    "say": _say,
    "add": _add,
    "up": _step(editions.move, -1),
    "down": _step(editions.move, 1),
    "block_up": _step(editions.move_block, -1),
    "block_down": _step(editions.move_block, 1),
    "out": _out,
    "remove": _remove,
    "rewrite": _rewrite,
    "reword": _reword,
    "undo": _undo,
}


@require_http_methods(READ_AND_WRITE)
@editors_only
def recipe(request: HttpRequest, slug: str) -> HttpResponse:
    """How a list's letters are made."""
    newsletter, w = own_list(request, slug), words()
    row = getattr(newsletter, "recipe", None)
    data = request.POST if request.method == "POST" else None
    form = forms.RecipeForm(data, initial=forms.initial_recipe(row), words=w)
    blocks = forms.BlockForms(
        data, prefix="block", initial=forms.initial_blocks(row),
        form_kwargs={"words": w, "sites": mastheads.all_mastheads()},
    )  # fmt: skip
    if data is not None and form.is_valid() and blocks.is_valid():
        wanted = [terms for one in blocks if (terms := one.terms())]
        try:
            recipes.save_recipe(newsletter.pk, form.terms(wanted), by=by(request), at=clock.now())
        except EditionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, w["saved"])
            return redirect("letters_desk:index")
    return draw(
        request, "letter_recipe", w["recipe_of"].format(newsletter.name),
        status=UNFIT if data is not None else 200, form=form, blocks=blocks, newsletter=newsletter,
    )  # fmt: skip
