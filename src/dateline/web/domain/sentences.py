"""What the discussion room says to a reader, in the language of the masthead.

The room speaks English. Each of its sentences stands here once more; `{}` is what changes in it.
"""

import re

JAPANESE = {
    "The newsroom takes no comments on this story.": "この記事ではコメントを受け付けていません。",
    "This title takes no comments.": "当媒体ではコメントを受け付けていません。",
    "Comments close {} after a story.": "コメントの受付は記事の公開から{}で終了します。",
    "A moderator reads each comment here before it appears.": (
        "ここでは管理者が確認してから掲載します。"
    ),
    "A moderator closed this thread.": "管理者がこのスレッドを閉じました。",
    "You may not comment here any more. You can appeal.": (
        "今後ここには投稿できません。異議を申し立てることができます。"
    ),
    "You may comment here again from {} UTC. You can appeal.": (
        "{}（協定世界時）から再び投稿できます。異議を申し立てることができます。"
    ),
    "You posted this text today already. Say something else.": (
        "同じ文面を今日すでに投稿しています。別の内容をお書きください。"
    ),
    "You posted a moment ago. Wait {} seconds, then post again.": (
        "投稿したばかりです。{}秒待ってからもう一度お送りください。"
    ),
    "{} comments within a minute are the limit. Wait a minute, then post again.": (
        "1分間に投稿できるのは{}件までです。1分待ってからもう一度お送りください。"
    ),
    "There is no text yet. Write something, then post it.": "本文がありません。",
    "That is {} characters; the limit is {}. Your text is still here.": (
        "{}字あります。上限は{}字です。文面は残っています。"
    ),
    "There is a word in it that this title does not print. Your text is still here.": (
        "当媒体で掲載できない言葉が含まれています。文面は残っています。"
    ),
    "Comment {} is not here any more. Answer another one.": (
        "コメント{}はもうありません。別のコメントに返信してください。"
    ),
    "Comment {} is not here any more.": "コメント{}はもうありません。",
    "There is no comment {}.": "コメント{}はありません。",
    "The quote is not in comment {}, or is longer than {} characters. Quote its own words. "
    "Your text is still here.": (
        "引用がコメント{}にないか、{}字を超えています。そのままの言葉を引用してください。"
        "文面は残っています。"
    ),
    "Comment {} is somebody else's.": "コメント{}は他の人のものです。",
    "Comment {} is removed already.": "コメント{}はすでに削除されています。",
    "Comment {} is deleted already.": "コメント{}はすでに削除されています。",
    "A comment can be changed for {} minutes. Delete it, or answer it. Your text is still here.": (
        "コメントを変更できるのは{}分間です。削除するか、返信してください。文面は残っています。"
    ),
    "You cannot vote on your own comment.": "自分のコメントは評価できません。",
    "This title takes no votes against a comment. You can report it.": (
        "当媒体には反対の評価がありません。通報することはできます。"
    ),
    "You cannot mute yourself.": "自分を非表示にはできません。",
    "Story {} cannot be read here now, so nobody can comment.": (
        "この記事は現在ここでは読めないため、コメントできません。"
    ),
}
# Why a rule held a comment, which its author reads; and what an appeal was refused for.
JAPANESE |= {
    "{} links; {} are let through.": "リンクが{}件あります。そのまま掲載できるのは{}件までです。",
    "{} links in {} words.": "リンク{}件に対して文章が{}語しかありません。",
    "{} characters that nobody sees.": "表示されない文字が{}字含まれています。",
    "Listed: {}.": "確認の対象となる言葉：{}",
    "{} others posted this within an hour.": "1時間以内にほかの{}人が同じ文面を投稿しました。",
    "{} of the first {} approved so far.": (
        "承認された投稿は{}件です。最初の{}件は確認後に掲載します。"
    ),
    "{} of the last {} were removed.": "最近の削除は{}件（{}件中）です。",
    "Every comment of this thread is read first.": "このスレッドの投稿はすべて確認後に掲載します。",
    "{} readers reported it.": "{}人の読者から通報がありました。",
    "The outside service is being asked.": "自動の確認を行っています。",
    "It could not be checked automatically.": "自動の確認ができませんでした。",
    "{}: {} of 100.": "自動の判定（{}）が100点中{}点でした。",
    "Say why in {} to {} characters; these are {}. Your text is still here.": (
        "理由を{}字以上{}字以内でお書きください。現在{}字です。文面は残っています。"
    ),
    "There is no decision {} that can be appealed.": "申し立てのできる決定{}はありません。",
    "Decision {} is about somebody else.": "決定{}は他の人についてのものです。",
    "You appealed before. There is one appeal for each decision.": (
        "すでに申し立てています。申し立ては一つの決定につき一度です。"
    ),
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_MOMENT = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}}), (\d\d:\d\d)")
_UNITS = {r"(\d+) days?": r"\1日"}
_PATTERNS = [
    (re.compile(re.escape(said).replace(re.escape("{}"), "(.+?)")), other)
    for said, other in JAPANESE.items()
]


def in_language(sentence: str, language: str) -> str:
    """A sentence of the discussion room for readers of a BCP 47 language.

    One that is not known, and one for a language we have no words of, stays as it is. Several may
    stand in a row: the reasons of several rules.
    """
    if language.partition("-")[0].lower() != "ja":
        return sentence
    parts = [_known(part) for part in re.split(r"(?<=\.) ", sentence)]
    if None in parts:
        return _known(sentence) or sentence
    return "".join(part or "" for part in parts)


def _known(sentence: str) -> str | None:
    for pattern, other in _PATTERNS:
        if found := pattern.fullmatch(sentence):
            return other.format(*map(_counted, found.groups()))
    return None


def _counted(text: str) -> str:
    text = _MOMENT.sub(_moment, text)
    for pattern, other in _UNITS.items():
        text = re.sub(pattern, other, text)
    return text


def _moment(found: re.Match[str]) -> str:
    """`20 November 2026, 12:01` as Japanese readers write it."""
    return f"{found[3]}年{_MONTHS.index(found[2]) + 1}月{int(found[1])}日{found[4]}"
