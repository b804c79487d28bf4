"""What changed between two versions, word by word, paragraph by paragraph."""

from dateline.stories.domain.versions import Piece
from dateline.web.domain.changes import FieldChange, changes
from tests.factories.web import a_version


def test_the_first_version_has_nothing_before_it():
    (only,) = changes([a_version(1)])

    assert only.first is True
    assert only.fields == ()


def test_no_versions_are_no_changes():
    assert changes([]) == []


def test_names_the_words_that_came_and_went_in_each_field():
    new, old = a_version(2, headline="Ferry returns at noon"), a_version(1, byline="KNA")

    newest, first = changes([new, old])

    assert newest.version == new
    assert newest.first is False
    assert newest.fields == (
        FieldChange(
            "headline",
            (
                (
                    Piece("same", "Ferry "),
                    Piece("removed", "returns"),
                    Piece("added", "returns at noon"),
                ),
            ),
        ),
        FieldChange("byline", ((Piece("removed", "KNA"),),)),
    )
    assert first.first is True


def test_leaves_out_paragraphs_that_did_not_change():
    old = a_version(1, body="One stays.\n\nTwo is here.\n\nThree goes.")
    new = a_version(2, body="One stays.\n\nTwo is there.")

    (field,) = changes([new, old])[0].fields

    assert field.field == "body"
    assert field.paragraphs == (
        (Piece("same", "Two is "), Piece("removed", "here."), Piece("added", "there.")),
        (Piece("removed", "Three goes."),),
    )


def test_a_new_paragraph_is_all_added():
    old, new = a_version(1, body="One."), a_version(2, body="One.\n\nTwo.")

    (field,) = changes([new, old])[0].fields

    assert field.paragraphs == ((Piece("added", "Two."),),)


def test_versions_that_read_the_same_have_no_changed_fields():
    assert changes([a_version(2), a_version(1)])[0].fields == ()
