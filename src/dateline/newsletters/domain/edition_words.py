"""The words of a letter and of its page in the archive, in each language a list may have."""

from collections.abc import Mapping

JAPANESE = "ja"
ENGLISH_WORDS = {
    "number": "No. {}",
    "read": "Read the story",
    "more": "More",
    "photo": "Picture",
    "job": "Job",
    "online": "Read it in your browser",
    "choose": "Choose what you get",
    "out": "Unsubscribe",
    "archive": "Earlier letters",
    "why": "You get {list} because you asked for it at {site}.",
    "corrected": "Corrected since this letter was sent",
    "clarified": "Clarified since this letter was sent",
    "gone": "A story that stood here has been withdrawn.",
    "date": "%A, %-d %B %Y",
    "editions": "Earlier letters",
    "none_yet": "The first letter is being made.",
    "newer": "Newer letter",
    "older": "Older letter",
    "all_lists": "All newsletters",
    "sign_up": "Get this letter",
    "test": "Test",
    "picks": "Editor’s picks",
    "trending": "Most read",
    "jobs": "This week’s jobs",
    "topic": "On the topic",
}
JAPANESE_WORDS = {
    "number": "第{}号",
    "read": "記事を読む",
    "more": "ほかの記事",
    "photo": "写真",
    "job": "求人",
    "online": "ブラウザーで読む",
    "choose": "配信設定",
    "out": "配信停止",
    "archive": "バックナンバー",
    "why": "{site}で「{list}」にお申し込みいただいた方にお送りしています。",
    "corrected": "配信後に訂正しました",
    "clarified": "配信後に補足しました",
    "gone": "ここにあった記事は取り下げられました。",
    "date": "%Y年%-m月%-d日",
    "editions": "バックナンバー",
    "none_yet": "最初の一通を準備しています。",
    "newer": "次の号",
    "older": "前の号",
    "all_lists": "ニュースレター一覧",
    "sign_up": "この便りに申し込む",
    "test": "テスト",
    "picks": "編集部のおすすめ",
    "trending": "よく読まれている記事",
    "jobs": "今週の求人",
    "topic": "この話題から",
}
WEEKDAYS = "月火水木金土日"


def words_for(language: str) -> Mapping[str, str]:
    """Every word, by key, in the language of a BCP 47 tag; English where there is none."""
    return JAPANESE_WORDS if is_japanese(language) else ENGLISH_WORDS


def is_japanese(language: str) -> bool:
    """Whether a BCP 47 tag is of Japanese."""
    return language.lower().split("-")[0] == JAPANESE
