"""What is wrong with a story form, in sentences: which part, what was found, what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

PARTS = {"placements": "Placement", "bylines": "Byline"}


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence for the editor, and the HTML id of the field it is about, or an empty string."""

    text: str
    field: str


def problems_of(form: Any) -> list[Problem]:
    """Every problem of a bound story form, its own fields first, then each placement and byline."""
    found = [
        Problem(_sentence(_label(form, name), error), _id(form, name))
        for name, errors in form.errors.items()
        for error in errors
    ]
    for name, formset in getattr(form, "formsets", {}).items():
        found += _of_formset(PARTS.get(name, name.title()), formset)
    return found


def _of_formset(part: str, formset: Any) -> Iterator[Problem]:
    for error in formset.non_form_errors():
        yield Problem(_sentence(f"{part}s", error), "")
    shown = [form for form in formset.forms if not _cleaned(form).get("DELETE")]
    for number, form in enumerate(shown, start=1):
        yield from _of_part(part, number, form)


def _of_part(part: str, number: int, form: Any) -> Iterator[Problem]:
    lacking = [
        name
        for name, errors in form.errors.as_data().items()
        if any(error.code == "required" for error in errors)
    ]
    if lacking:
        wanted = " and ".join(f"no {_label(form, name).lower()}" for name in lacking)
        do = f"Choose {'it' if len(lacking) == 1 else 'them'}, or remove this {part.lower()}."
        yield Problem(f"{part} {number}{_where(form)} has {wanted}. {do}", _id(form, lacking[0]))
    for name, errors in form.errors.items():
        for error in errors if name not in lacking else ():
            yield Problem(_sentence(f"{part} {number}{_where(form)}", error), _id(form, name))


def _where(form: Any) -> str:
    """The masthead already chosen in a placement, to tell it from the others."""
    masthead = _cleaned(form).get("masthead")
    return f" ({masthead.name})" if masthead else ""


def _cleaned(form: Any) -> dict[str, Any]:
    return getattr(form, "cleaned_data", {})


def _label(form: Any, name: str) -> str:
    return str(form[name].label) if name in form.fields else ""


def _id(form: Any, name: str) -> str:
    return str(form[name].id_for_label) if name in form.fields else ""


def _sentence(subject: str, error: Any) -> str:
    return f"{subject}: {error}" if subject else str(error)
