"""What the discussion room says reaches Japanese readers in Japanese."""

import ast
from pathlib import Path

import pytest

import dateline.discussion
from dateline.discussion.domain.outside import UNCHECKED
from dateline.discussion.phases.outside import ASKED
from dateline.web.domain.sentences import JAPANESE, in_language

ROOM = Path(dateline.discussion.__file__).parent
RAISED = {"DiscussionRefused", "CommentRefused", "ThreadUnavailable", "NothingToDecide"}
RAISED |= {"NotYours", "VoteRefused"}
READERS = ("services/posting.py", "services/authors.py", "services/voting.py",
           "services/following.py", "services/writing.py")  # fmt: skip
REPORT = "That is {} characters; the limit is {}. Your text is still here."


def sentence(node):
    """A string in the source as one text, `{}` where a value goes."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (p.value if isinstance(p, ast.Constant) else "{}" for p in node.values)
        return "".join(parts)
    return ""


def said_to_readers():
    """Every sentence of the verbs a reader has, as it stands in the source."""
    for name in READERS:
        for node in ast.walk(ast.parse((ROOM / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISED and node.args:
                yield sentence(node.args[0])


def refused_by_rules():
    """Every sentence with which a rule refuses."""
    for name in ("person", "place", "text"):
        for node in ast.walk(ast.parse((ROOM / f"phases/{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "said":
                yield sentence(node.value)
            if isinstance(node, ast.Call) and ast.unparse(node).startswith("Finding(Answer.REFUSE"):
                yield sentence(node.args[1])


@pytest.mark.parametrize(
    "said", sorted({s for s in (*said_to_readers(), *refused_by_rules()) if s})
)
def test_every_refusal_is_known_in_japanese(said):
    filled = said.replace("{}", "7").replace("is 7 already", "is removed already")

    told = in_language(filled, "ja-JP")

    assert told != filled
    assert told.count("7") >= min(filled.count("7"), 1) or "Story" in filled


def test_numbers_and_days_are_carried_over():
    assert in_language(REPORT.format("5,001", "5,000"), "ja") == (
        "5,001字あります。上限は5,000字です。文面は残っています。"
    )
    assert in_language("Comments close 3 days after a story.", "ja") == (
        "コメントの受付は記事の公開から3日で終了します。"
    )


def test_other_languages_and_unknown_sentences_stay_as_they_are():
    assert in_language("You cannot mute yourself.", "en") == "You cannot mute yourself."
    assert in_language("Something new.", "ja") == "Something new."
    assert len(JAPANESE) > 20


def test_a_moment_is_written_as_japanese_readers_write_it():
    said = "You may comment here again from 05 November 2026, 12:01 UTC. You can appeal."

    assert in_language(said, "ja").startswith("2026年11月5日12:01（協定世界時）から")


def test_several_reasons_are_told_one_by_one_or_not_at_all():
    assert in_language("3 links; 2 are let through. 3 links in 0 words.", "ja") == (
        "リンクが3件あります。そのまま掲載できるのは2件までです。"
        "リンク3件に対して文章が0語しかありません。"
    )
    assert in_language("3 links in 0 words. Rude.", "ja") == "3 links in 0 words. Rude."


def refused_appeals():
    """Every sentence with which an appeal is not taken."""
    source = ast.parse((ROOM / "services/appeals.py").read_text(encoding="utf-8"))
    (verb,) = (f for f in source.body if isinstance(f, ast.FunctionDef) and f.name == "appeal")
    for node in ast.walk(verb):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISED:
            yield sentence(node.args[0])


@pytest.mark.parametrize("said", sorted(refused_appeals()))
def test_why_an_appeal_is_not_taken_is_known_in_japanese(said):
    filled = said.replace("{}", "7")

    assert in_language(filled, "ja") != filled


def held_by_rules():
    """Every sentence with which a rule holds."""
    for name in ("person", "place", "text"):
        for node in ast.walk(ast.parse((ROOM / f"phases/{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node).startswith("Finding(Answer.HOLD"):
                yield sentence(node.args[1])


@pytest.mark.parametrize("said", sorted({ASKED, UNCHECKED, *held_by_rules()}))
def test_why_a_rule_held_a_comment_is_known_in_japanese(said):
    filled = said.replace("{}", "7")

    assert in_language(filled, "ja") != filled
