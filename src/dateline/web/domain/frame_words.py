"""The words of what stands around the stories: foot, text-only pages, errors, offline, alarms."""

ENGLISH = {
    "lite": "Text only",
    "lite_text": "The same page without pictures, scripts or type: 10 kB at most.",
    "full": "With pictures",
    "picture": "Picture",
    "comments": "Comments",
    "newest": "On the front page now",
    "search_for": "Search for",
    "legal_title": "Not shown for legal reasons",
    "legal_text": "A court or an authority ordered that this story may not be shown here.",
    "offline_text": "There is no connection. What is kept on this device stands below.",
    "offline_none": "Nothing is kept on this device yet.",
    "keep_title": "Read offline",
    "keep_script": "This needs a script in your browser, and nothing else.",
    "keep": "Keep stories for when I am offline",
    "keep_text": (
        "This browser then keeps the front page and the last stories you read, 30 at most, on this "
        "device. Nobody else learns what they are."
    ),
    "keep_on": "The front page and the last stories you read are kept on this device.",
    "keep_stop": "Keep nothing, and remove what is kept",
    "read": "Read",
    "paper": "The paper",
    "follow": "Follow",
    "help": "Help and rules",
    "emergency_text": (
        "Pages are text only for now, so that they reach everybody. News is published as always."
    ),
}
JAPANESE = {
    "lite": "文字だけで読む",
    "lite_text": "写真もスクリプトも書体もない同じページです。最大10キロバイト。",
    "full": "写真付きで読む",
    "picture": "写真",
    "comments": "コメント",
    "newest": "一面の記事",
    "search_for": "検索する語",
    "legal_title": "法的な理由により表示できません",
    "legal_text": "裁判所または当局の命令により、この記事をここに表示することはできません。",
    "offline_text": "接続がありません。この端末に保存した記事は次のとおりです。",
    "offline_none": "この端末にはまだ何も保存されていません。",
    "keep_title": "オフラインで読む",
    "keep_script": "ブラウザのスクリプトが必要です。ほかには何も要りません。",
    "keep": "オフラインでも読めるように保存する",
    "keep_text": (
        "一面と、最近お読みになった記事を三十本まで、このブラウザがこの端末に保存します。内容がほかに知られる"
        "ことはありません。"
    ),
    "keep_on": "一面と最近お読みになった記事を、この端末に保存しています。",
    "keep_stop": "保存をやめ、保存したものを消す",
    "read": "読む",
    "paper": "この媒体",
    "follow": "受け取る",
    "help": "ご案内と規則",
    "emergency_text": (
        "どなたにも届くよう、ただいまは文字だけで表示しています。ニュースは通常どおり公開します。"
    ),
}


def frame_words_for(language: str) -> dict[str, str]:
    """The words in a masthead's language (a BCP 47 tag); English where there are no others."""
    return JAPANESE if language.startswith("ja") else ENGLISH
