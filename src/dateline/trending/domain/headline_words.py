"""The words of the desk's screens for headline tests, in each language."""

from collections.abc import Mapping

ENGLISH = {
    "headlines": "Headline tests", "running": "Running now", "none_running": "No test is running.",
    "ended": "Ended", "none_ended": "No test has ended yet.", "new": "Begin a test",
    "find": "Find a story", "q": "Words of its headline", "where": "Masthead", "search": "Search",
    "none_found": "Readers see no story there with these words in its headline.",
    "found": "Stories", "test_it": "Test headlines", "all": "All headline tests",
    "story": "Story", "headline": "Headline", "seen": "Seen by", "clicked": "Followed by",
    "rate": "Rate", "state": "State", "own": "The story's own", "open": "Open the front",
    "until": "until", "since": "since", "by": "By", "nobody": "by itself", "shown": "shown now",
    "other_1": "Second headline", "other_2": "Third headline", "other_3": "Fourth headline",
    "other_help": "At most {most} characters. For cards on fronts and in sections only.",
    "hours": "For at most", "h1": "1 hour", "h3": "3 hours", "h6": "6 hours", "h12": "12 hours",
    "h24": "1 day", "h48": "2 days", "h72": "3 days", "begin": "Begin",
    "about": (
        "Readers of {site} see one of the headlines, each as often as another, on cards only: "
        "the story's page, feeds and search engines keep its own. The test ends when one headline "
        "is better than each other, at the latest when its time is over; then the better one stays "
        "on cards, if it is better than the story's own. Of a hundred tests of equally good "
        "headlines at most five name a winner."
    ),
    "nothing_yet": "Nothing was counted yet. Figures come every ten seconds.",
    "even": "No headline is ahead.",
    "ahead": "“{text}” is ahead. Chance alone does this in at most {chance} of 100 tests.",
    "by_chance": "“{text}” is ahead, but by no more than chance does.",
    "odd": (
        "One headline was seen much oftener than another, which chance does not do: the figures "
        "cannot be right, and the test names no winner."
    ),
    "how_started": "begun", "how_decided": "decided: “{text}” is better",
    "how_over": "over without a difference: the story's own stays",
    "how_chosen": "“{text}” was chosen",
    "how_story": "ended with a change of the story: its own headline is shown",
    "choose": "Stop, and show this", "show": "Show this", "history": "What was done",
    "was_begun": "The test has begun.", "was_chosen": "Cards show “{text}” from now on.",
    "no_others": "Give at least one other headline.",
    "many_others": "A test has at most {most} other headlines.",
    "long_other": "A headline for cards has at most {most} characters.",
    "same_twice": "Two of the headlines are the same.",
    "no_hours": "A test may last {least} to {most} hours.",
    "not_shown": "Readers do not see this story there now.",
    "goes_on": "A test of this story is running there already.",
    "many_tests": "{most} tests are running on this masthead. End one first.",
    "no_headline": "There is no such headline.",
    "too_late": "The story has changed, or a newer test was begun: this cannot be chosen any more.",
    "not_yours": "Only who may publish stories tests their headlines.",
}  # fmt: skip
JAPANESE = {
    "headlines": "見出しテスト", "running": "実施中",
    "none_running": "実施中のテストはありません。",
    "ended": "終了", "none_ended": "終了したテストはまだありません。", "new": "テストを始める",
    "find": "記事を探す", "q": "見出しの語", "where": "媒体", "search": "検索",
    "none_found": "この語を見出しに含む公開中の記事はありません。",
    "found": "記事", "test_it": "見出しをテスト", "all": "すべての見出しテスト",
    "story": "記事", "headline": "見出し", "seen": "見た人", "clicked": "開いた人",
    "rate": "割合", "state": "状態", "own": "記事の見出し", "open": "トップページを開く",
    "until": "終了予定", "since": "開始", "by": "担当", "nobody": "自動", "shown": "表示中",
    "other_1": "2つ目の見出し", "other_2": "3つ目の見出し", "other_3": "4つ目の見出し",
    "other_help": "{most}字まで。トップページと各面の一覧だけに使います。",
    "hours": "最長", "h1": "1時間", "h3": "3時間", "h6": "6時間", "h12": "12時間",
    "h24": "1日", "h48": "2日", "h72": "3日", "begin": "始める",
    "about": (
        "{site}の読者には、一覧でいずれかの見出しが同じ割合で表示されます。記事ページ、フィード、"
        "検索エンジンには記事の見出しだけを出します。一つの見出しが他のどれよりも良いと分かった時、"
        "遅くとも期間の終わりにテストは終わり、記事の見出しより良ければ一覧に残ります。"
        "差のない見出しで勝者が出るのは、100回のうち多くて5回です。"
    ),
    "nothing_yet": "まだ数字がありません。10秒ごとに更新されます。",
    "even": "先行する見出しはありません。",
    "ahead": "「{text}」が先行しています。偶然でこうなるのは100回のうち多くて{chance}回です。",
    "by_chance": "「{text}」が先行していますが、偶然の範囲です。",
    "odd": (
        "ある見出しが他よりはるかに多く表示されています。偶然では起きないため、数字は正しくありません。"
        "勝者は決まりません。"
    ),
    "how_started": "開始", "how_decided": "「{text}」に決定",
    "how_over": "差がないまま終了、記事の見出しのまま",
    "how_chosen": "「{text}」を選択",
    "how_story": "記事の変更により終了、記事の見出しを表示",
    "choose": "終了してこれを表示", "show": "これを表示", "history": "履歴",
    "was_begun": "テストを始めました。", "was_chosen": "今後、一覧には「{text}」を表示します。",
    "no_others": "別の見出しを一つ以上入力してください。",
    "many_others": "別の見出しは{most}つまでです。",
    "long_other": "一覧の見出しは{most}字までです。",
    "same_twice": "同じ見出しが二つあります。",
    "no_hours": "テストの長さは{least}〜{most}時間です。",
    "not_shown": "この記事は今、読者に公開されていません。",
    "goes_on": "この記事のテストはすでに実施中です。",
    "many_tests": "この媒体では{most}件のテストが実施中です。先に一つ終了してください。",
    "no_headline": "その見出しはありません。",
    "too_late": "記事が変わったか、新しいテストが始まったため、選べません。",
    "not_yours": "記事を公開できる人だけが見出しをテストできます。",
}  # fmt: skip


def words_for(language: str) -> Mapping[str, str]:
    """The words for a BCP 47 tag; English where there are none of its own."""
    return JAPANESE if language.startswith("ja") else ENGLISH


def done(how: str, text: str, words: Mapping[str, str]) -> str:
    """What was done with a test, in words; `text` is the headline that it came to."""
    return words[f"how_{how}"].format(text=text)
