"""The words of mail about answers, of its setting and of its way out, in each language."""

ENGLISH = {
    "title": "Mail about answers",
    "lead": (
        "When somebody answers one of your comments, or writes in a thread that you follow, we can "
        "send you a mail. It goes to {}."
    ),
    "pace": "Send me a mail",
    "never": "never",
    "soon": "soon after an answer, at most every 15 minutes",
    "hourly": "at most once an hour",
    "daily": "at most once a day",
    "keep": "Save",
    "chosen": "Saved.",
    "unknown": "Choose one of the four.",
    "stop_title": "Stop mail about answers",
    "stop_lead": "You will get no more mail when somebody answers you or writes in your threads.",
    "stop": "Stop it",
    "stopped": "It is stopped. You get no more mail about answers.",
    "again": "You can switch it on again below your comments.",
    "to_settings": "My comments",
    "one_answer": "{name} answered you on {title}",
    "one_followed": "{name} wrote in a thread you follow on {title}",
    "many": "{count} new comments for you on {title}",
    "hello": "Hello {},",
    "told_one": "this is new:",
    "told_many": "these are new:",
    "answer": "{} answered your comment below:",
    "followed": "{} wrote in a thread that you follow, below:",
    "read": "Read it where it stands",
    "more": "And {} more.",
    "why": "You get this mail because you asked to be told of answers or follow a thread.",
    "out": "Stop such mail with one click",
    "gone": "A former member",
}

JAPANESE = {
    "title": "返信のお知らせメール",
    "lead": (
        "ご自身のコメントに返信があったとき、またはフォロー中のスレッドに投稿があったとき、"
        "メールでお知らせします。宛先は{}です。"
    ),
    "pace": "メールの頻度",
    "never": "受け取らない",
    "soon": "返信があればすぐ（15分に1通まで）",
    "hourly": "1時間に1通まで",
    "daily": "1日に1通まで",
    "keep": "保存する",
    "chosen": "保存しました。",
    "unknown": "四つの中から一つ選んでください。",
    "stop_title": "返信のお知らせメールの停止",
    "stop_lead": "返信やフォロー中のスレッドへの投稿について、今後メールをお送りしません。",
    "stop": "停止する",
    "stopped": "停止しました。今後、返信のお知らせメールは届きません。",
    "again": "「自分のコメント」のページで、いつでも再開できます。",
    "to_settings": "自分のコメント",
    "one_answer": "{title}：{name}さんから返信がありました",
    "one_followed": "{title}：フォロー中のスレッドに{name}さんの投稿がありました",
    "many": "{title}：新しいコメントが{count}件あります",
    "hello": "{}様",
    "told_one": "新しいコメントがあります。",
    "told_many": "新しいコメントがあります。",
    "answer": "{}さんが、次の記事であなたのコメントに返信しました。",
    "followed": "{}さんが、フォロー中のスレッドに投稿しました。記事：",
    "read": "コメントを読む",
    "more": "ほかに{}件あります。",
    "why": "このメールは、返信のお知らせを希望した方、スレッドをフォロー中の方にお送りしています。",
    "out": "ワンクリックで配信を停止する",
    "gone": "退会した読者",
}

LANGUAGES = {"en": ENGLISH, "ja": JAPANESE}


def answer_words_for(language: str) -> dict[str, str]:
    """The words for a BCP 47 tag; English where we have none of that language."""
    return LANGUAGES.get(language.partition("-")[0].lower(), ENGLISH)
