"""The words of lists, feeds and the archive, in each language a masthead may have."""

ENGLISH = {
    "topics": "Topics",
    "topics_intro": "What we write about, from A to Z.",
    "topic": "Topic",
    "person": "Our people",
    "agency": "Agency",
    "agency_text": "Stories that {} sent to us. How each reached you is told at its end.",
    "archive": "Archive",
    "archive_intro": "Every day of this paper that can still be read.",
    "days": "Days with stories",
    "earlier_day": "The day before",
    "later_day": "The day after",
    "earlier_span": "Earlier",
    "later_span": "Later",
    "earlier_years": "Earlier years",
    "corrections": "Corrections",
    "corrections_intro": (
        "What we got wrong, and when we put it right. The stories themselves say so too."
    ),
    "most_read": "Most read",
    "most_read_intro": (
        "What readers read to the end, and what they talk about. A story is listed once enough"
        " different readers have read it; nobody is followed for that."
    ),
    "most_discussed": "Most discussed this week",
    "read_now": "Most read now",
    "how_made": "How these lists are made",
    "empty": "No stories here yet",
    "empty_text": "What comes next will be listed here.",
    "empty_day": "No stories on this day",
    "empty_day_text": "Nothing was published then, or none of it may be shown any more.",
    "empty_corrections": "Nothing has been corrected",
    "empty_corrections_text": "When we get something wrong, it will be told here.",
    "feeds": "Feeds of this list",
    "more_days": "All days of the archive",
    "year_format": "Y",
    "month_format": "F Y",
    "month_name_format": "F",
    "list_day_format": "l j F Y",
    "day_name_format": "D",
}

JAPANESE = {
    "topics": "トピック",
    "topics_intro": "取り上げてきた話題の一覧です。",
    "topic": "トピック",
    "person": "執筆者",
    "agency": "通信社",
    "agency_text": "{}から配信された記事です。届いた経路は各記事の末尾に記しています。",
    "archive": "過去の記事",
    "archive_intro": "いまも読める記事を、日付ごとにたどれます。",
    "days": "記事のある日",
    "earlier_day": "前の日",
    "later_day": "次の日",
    "earlier_span": "前へ",
    "later_span": "次へ",
    "earlier_years": "それ以前の年",
    "corrections": "訂正",
    "corrections_intro": "誤りと、それを正した日時の一覧です。各記事にも記しています。",
    "most_read": "よく読まれている記事",
    "most_read_intro": (
        "最後まで読まれた記事と、話題になっている記事です。一定数の読者に読まれた記事だけを載せ、"
        "個人の追跡はしません。"
    ),
    "most_discussed": "今週のコメントの多い記事",
    "read_now": "いまよく読まれている記事",
    "how_made": "一覧の作り方",
    "empty": "まだ記事がありません",
    "empty_text": "新しい記事はここに並びます。",
    "empty_day": "この日の記事はありません",
    "empty_day_text": "この日は記事がなかったか、いまは掲載できない記事だけです。",
    "empty_corrections": "訂正した記事はありません",
    "empty_corrections_text": "誤りがあったときは、ここでお知らせします。",
    "feeds": "この一覧のフィード",
    "more_days": "日付から探す",
    "year_format": "Y年",
    "month_format": "Y年n月",
    "month_name_format": "n月",
    "list_day_format": "Y年n月j日（D）",
    "day_name_format": "D",
}


def words_for(language: str) -> dict[str, str]:
    """The words in a masthead's language (a BCP 47 tag); English where there are no others."""
    return JAPANESE if language.startswith("ja") else ENGLISH
