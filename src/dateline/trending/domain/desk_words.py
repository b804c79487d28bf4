"""The words of the desk's screens for trending, in each language."""

from collections.abc import Mapping

ENGLISH = {
    "trending": "Trending", "network": "Network", "curators": "Curators",
    "rooms": "Screens for trending", "reading_now": "reading now", "as_of": "Counted at",
    "stale": "The worker has not counted since. Figures are those of that moment.",
    "left_out": "More came than can be held: figures are at least these.",
    "block": "In the block now", "block_empty": "Nothing stands in the block yet.",
    "rank": "Place", "story": "Story", "site": "Site", "why": "Why", "clicks": "Clicks today",
    "readers": "Visitors", "hours": "Last 24 hours", "steer": "Steer",
    "own": "Read on this site now", "own_empty": "Nobody has read anything here today.",
    "now": "Now", "shown": "Shown today", "read": "Read 10 s", "ended": "To the end",
    "depth": "Depth", "rules": "Rules that stand", "rules_empty": "No rule stands.",
    "what": "What", "by": "By", "until": "Until", "end": "End", "undo": "Undo",
    "nobody": "an account that is gone", "gone_story": "a story that readers do not see",
    "history": "What was done", "history_empty": "Nothing was done yet.",
    "kind": "Do what", "pin": "Pin", "boost": "Boost", "ban": "Ban",
    "pin_at": "Pin at place {slot}", "boost_by": "Boost, {factor} times", "ban_it": "Ban",
    "story_help": "Its number or its address.", "slot": "Place of a pin",
    "factor": "Strength of a boost", "for_hours": "For how long", "reason": "Reason",
    "reason_help": "Kept with your name.", "save": "Save", "form": "Pin, boost or ban a story",
    "h1": "1 hour", "h4": "4 hours", "h12": "12 hours", "h24": "1 day", "h72": "3 days",
    "h168": "7 days", "h336": "14 days",
    "was_set": "{what}. The block follows within ten seconds.",
    "was_ended": "The rule has ended. The block follows within ten seconds.",
    "was_undone": "Undone. The block follows within ten seconds.",
    "verb_set": "set", "verb_ended": "ended", "verb_undone": "undone",
    "sources": "Where readers came from, today", "source": "From", "count": "Shown",
    "per_hour": "Reads in each hour", "hour": "Hour", "reads": "Reads", "numbers": "Numbers",
    "chart_hours": "Reads in each of the last 24 hours; the table beside it has the numbers.",
    "top": "the top is {most}",
    "today": "Today", "not_counted": "Nothing was counted of this story today.",
    "open": "Open the story", "back": "All of {site}",
    "source_1": "direct", "source_2": "search", "source_3": "social media",
    "source_4": "another site of the network", "source_5": "this site",
    "source_6": "the trending block", "source_7": "a newsletter", "source_8": "elsewhere",
    "no_reason": "Say why: it is kept with your name.",
    "long_reason": "A reason has at most {most} characters.",
    "over": "It would end before it begins.", "too_long": "It may hold for {days} days at most.",
    "no_slot": "Places are 1 to {most}.", "no_factor": "A boost is {least} to {most} times.",
    "no_story": "There is no story {story}.",
    "own_story": "Story {story} stands on {site} itself. The block is for other sites' stories.",
    "sensitive": "Story {story} is marked as sensitive. The block leaves such stories out.",
    "closed": (
        "Readers of {site} may not see story {story} there now: it is not public on a sister title "
        "in the same language or in English, or its rights do not cover {site}."
    ),
    "taken": "Another story is pinned to place {slot}. End that one, or choose another place.",
    "many_pins": "{most} stories are pinned already. End one first.",
    "none_stands": "No rule stands for this story any more.",
    "too_late": "Something was done since: this can no longer be undone.",
    "not_yours": "You do not steer the block of this masthead.",
    "not_leading": "Only who steers the whole network appoints others.",
    "no_number": "Give the story's number, or its address.",
    "find": "Find a story", "q": "Words of its headline", "search": "Search", "found": "Stories",
    "none_found": "No story that may stand there has these words in its headline.",
}  # fmt: skip
JAPANESE = {
    "trending": "トレンド", "network": "全サイト", "curators": "担当者",
    "rooms": "トレンドの画面", "reading_now": "人が閲覧中", "as_of": "集計時刻",
    "stale": "その後、集計されていません。数字はその時点のものです。",
    "left_out": "記憶できる量を超えました。数字はこれ以上です。",
    "block": "今の一覧", "block_empty": "一覧はまだ空です。",
    "rank": "順位", "story": "記事", "site": "サイト", "why": "理由", "clicks": "今日のクリック",
    "readers": "訪問者", "hours": "24時間", "steer": "操作",
    "own": "このサイトで今読まれている記事", "own_empty": "今日はまだ誰も読んでいません。",
    "now": "今", "shown": "今日の表示", "read": "10秒以上", "ended": "最後まで",
    "depth": "深さ", "rules": "有効な指定", "rules_empty": "有効な指定はありません。",
    "what": "内容", "by": "担当", "until": "期限", "end": "終了する", "undo": "元に戻す",
    "nobody": "削除された利用者", "gone_story": "公開されていない記事",
    "history": "履歴", "history_empty": "まだ履歴はありません。",
    "kind": "操作の種類", "pin": "固定", "boost": "引き上げ", "ban": "除外",
    "pin_at": "{slot}番に固定", "boost_by": "{factor}倍に引き上げ", "ban_it": "除外",
    "story_help": "記事番号またはアドレス。", "slot": "固定する順位",
    "factor": "引き上げの強さ", "for_hours": "期間", "reason": "理由",
    "reason_help": "あなたの名前とともに残ります。", "save": "保存",
    "form": "記事を固定・引き上げ・除外する",
    "h1": "1時間", "h4": "4時間", "h12": "12時間", "h24": "1日", "h72": "3日", "h168": "7日",
    "h336": "14日",
    "was_set": "{what}。10秒以内に一覧へ反映されます。",
    "was_ended": "指定を終了しました。10秒以内に一覧へ反映されます。",
    "was_undone": "元に戻しました。10秒以内に一覧へ反映されます。",
    "verb_set": "指定", "verb_ended": "終了", "verb_undone": "取り消し",
    "sources": "今日の読者はどこから来たか", "source": "経路", "count": "表示",
    "per_hour": "1時間ごとの閲覧", "hour": "時", "reads": "閲覧", "numbers": "数字",
    "chart_hours": "直近24時間の1時間ごとの閲覧。数字は隣の表にあります。",
    "top": "上端は{most}",
    "today": "今日", "not_counted": "この記事は今日まだ数えられていません。",
    "open": "記事を開く", "back": "{site}の全体",
    "source_1": "直接", "source_2": "検索", "source_3": "SNS", "source_4": "姉妹サイト",
    "source_5": "同じサイト", "source_6": "トレンド一覧", "source_7": "ニュースレター",
    "source_8": "その他",
    "no_reason": "理由を書いてください。あなたの名前とともに残ります。",
    "long_reason": "理由は{most}文字までです。",
    "over": "始まる前に終わってしまいます。", "too_long": "期間は{days}日までです。",
    "no_slot": "順位は1から{most}までです。",
    "no_factor": "引き上げは{least}倍から{most}倍までです。",
    "no_story": "記事{story}はありません。",
    "own_story": "記事{story}は{site}自身の記事です。一覧はほかのサイトの記事のためのものです。",
    "sensitive": "記事{story}は配慮が必要とされています。一覧には載せません。",
    "closed": (
        "記事{story}は今、{site}の読者に見せられません。同じ言語か英語の姉妹サイトで公開されていないか、"
        "権利が{site}に及びません。"
    ),
    "taken": "{slot}番には別の記事が固定されています。それを終了するか、別の順位を選んでください。",
    "many_pins": "すでに{most}本が固定されています。先に一つ終了してください。",
    "none_stands": "この記事の指定はもう有効ではありません。",
    "too_late": "その後に別の操作がありました。元に戻せません。",
    "not_yours": "この媒体の一覧はあなたの担当ではありません。",
    "not_leading": "任命できるのは全サイトの担当者だけです。",
    "no_number": "記事番号またはアドレスを書いてください。",
    "find": "記事を探す", "q": "見出しの語", "search": "検索", "found": "記事",
    "none_found": "この語を見出しに含み、ここに載せられる記事はありません。",
}  # fmt: skip


def words_for(language: str) -> Mapping[str, str]:
    """Words in the language that somebody uses the desk in; English where there are none."""
    return JAPANESE if language.startswith("ja") else ENGLISH


def what(rule: Mapping[str, object], words: Mapping[str, str]) -> str:
    """Say a rule: its kind, with its place or its strength."""
    key = {"pin": "pin_at", "boost": "boost_by"}.get(str(rule["kind"]), "ban_it")
    return words[key].format(slot=rule["slot"], factor=f"{rule['factor']:g}")
