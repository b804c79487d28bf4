"""What changed between two versions, word by word, paragraph by paragraph."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.stories.domain.versions import Piece
from dateline.web.domain.changes import MOST_PAIRS, FieldChange, changes
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


def test_a_paragraph_written_in_above_others_leaves_them_compared_with_themselves():
    old = a_version(1, body="The ferry is late.\n\nNobody was hurt at sea.")
    new = a_version(
        2,
        body="A storm came from the south.\n\nThe ferry is two hours late."
        "\n\nNobody was hurt at all.",
    )

    (field,) = changes([new, old])[0].fields

    assert [text_of(paragraph, "added") for paragraph in field.paragraphs] == [
        "A storm came from the south.", "two hours ", "all.",
    ]  # fmt: skip
    assert [text_of(paragraph, "removed") for paragraph in field.paragraphs] == ["", "", "sea."]


def test_japanese_is_compared_by_its_characters():
    old = a_version(1, body="船は十時に戻った。\n\n負傷者は三人だった。")
    new = a_version(2, body="船は正午に戻った。\n\n負傷者は二人だった。")

    newest = changes([new, old])[0]

    assert [text_of(p, "added") for p in newest.fields[0].paragraphs] == ["正午", "二"]
    assert (newest.added, newest.removed) == (3, 3)


def test_counts_the_words_that_came_and_went():
    old = a_version(1, headline="Ferry is late", body="Nobody was hurt.")
    new = a_version(2, headline="Ferry returns", body="Nobody was hurt in the storm.")

    newest, first = changes([new, old])

    assert (newest.added, newest.removed) == (5, 3)
    assert (first.added, first.removed) == (0, 0)


def test_a_text_of_very_many_paragraphs_is_still_compared():
    many = int(MOST_PAIRS**0.5) + 1
    old = a_version(1, body="\n\n".join(f"Old {n}." for n in range(many)))
    new = a_version(2, body="\n\n".join(f"New {n}" for n in range(many)))

    (field,) = changes([new, old])[0].fields

    assert len(field.paragraphs) == many


TEXTS = st.lists(st.text("ab 船は", min_size=1).filter(str.strip), max_size=5).map("\n\n".join)


@given(TEXTS, TEXTS)
def test_no_word_is_lost_between_two_versions(old, new):
    found = changes([a_version(2, body=new), a_version(1, body=old)])[0]
    pieces = [p for field in found.fields for paragraph in field.paragraphs for p in paragraph]
    shown = {state: "".join(p.text for p in pieces if p.state == state) for state in STATES}

    gained = count_of(shown["added"]) - count_of(shown["removed"])
    assert gained == count_of(new) - count_of(old)


STATES = ("same", "added", "removed")


def count_of(text):
    return len("".join(text.split()))


def text_of(paragraph, state):
    return "".join(piece.text for piece in paragraph if piece.state == state)
