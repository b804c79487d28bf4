"""What readers are told around places, in each language a masthead may have."""

ENGLISH = {
    "title": "Places",
    "intro": "Where we have been, how to get there, and when it is best.",
    "empty": "No place is described yet",
    "empty_text": "The first pages are being walked.",
    "access": "Getting there",
    "season": "When to go",
    "region": "Region",
    "position": "Position",
    "stories": "Stories from here",
    "back": "All places",
}

JAPANESE = {
    "title": "場所",
    "intro": "訪ねた場所、行き方、そして一番よい季節。",
    "empty": "まだ場所の紹介がありません",
    "empty_text": "最初のページを準備しています。",
    "access": "行き方",
    "season": "季節",
    "region": "地域",
    "position": "位置",
    "stories": "この場所の記事",
    "back": "すべての場所",
}


def words_for(language: str) -> dict[str, str]:
    """The words in a masthead's language (a BCP 47 tag); English where there are no others."""
    return JAPANESE if language.startswith("ja") else ENGLISH
