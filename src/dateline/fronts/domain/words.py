"""The words of the desk's screen for alarms, in each language."""

ENGLISH = {
    "emergency": "Emergency",
    "now": "Now",
    "level_0": "Off: pages as always",
    "level_1": "Banner: a notice above every page",
    "level_2": "Emergency: text only, one request, 10 kB at most",
    "lead": (
        "One switch for every title of the network. It is true on the next request of every reader."
    ),
    "level": "What readers get",
    "english": "Notice in English",
    "japanese": "Notice in Japanese",
    "text_help": "At most 600 characters. Say what is known and what to do.",
    "links_english": "Official information, in English",
    "links_japanese": "Official information, in Japanese",
    "links_help": "One a line: what it is, then its address. Weather agency https://weather.example/",
    "next": "Go on: nothing changes yet",
    "sure": "Is this right?",
    "sure_text": "Every title shows this as soon as you press the button.",
    "do_0": "End it on all titles",
    "do_1": "Show the banner on all titles",
    "do_2": "Switch all titles to emergency",
    "back": "Change it",
    "history": "What was done",
    "none": "It was never used.",
    "operator": "the operator, by command",
    "was_done": "Done. Every page shows it from its next request on.",
    "no_text": "Write the notice: readers of this language see nothing else first.",
    "long_text": "A notice has at most 600 characters.",
    "bad_links": "Each line is some words, then a space, then an address that begins with https.",
    "stale": "Somebody changed it meanwhile. Look at what stands now, then decide again.",
}
JAPANESE = {
    "emergency": "緊急時",
    "now": "現在",
    "level_0": "オフ：通常の表示",
    "level_1": "バナー：すべてのページの上にお知らせを表示",
    "level_2": "緊急：文字だけ、1回の通信、最大10キロバイト",
    "lead": "すべての媒体をまとめて切り替えます。どの読者にも、次に開いたページから反映されます。",
    "level": "読者への表示",
    "english": "英語のお知らせ",
    "japanese": "日本語のお知らせ",
    "text_help": "600字まで。わかっていることと、とるべき行動を書いてください。",
    "links_english": "公式情報、英語",
    "links_japanese": "公式情報、日本語",
    "links_help": "1行に1件。名称、空白、アドレスの順。例：気象台 https://weather.example/",
    "next": "次へ（まだ変わりません）",
    "sure": "この内容でよろしいですか。",
    "sure_text": "ボタンを押すと、すべての媒体に表示されます。",
    "do_0": "すべての媒体で終了する",
    "do_1": "すべての媒体にバナーを出す",
    "do_2": "すべての媒体を緊急表示にする",
    "back": "直す",
    "history": "履歴",
    "none": "まだ使われていません。",
    "operator": "運用担当者（コマンド）",
    "was_done": "切り替えました。次に開いたページから反映されます。",
    "no_text": "お知らせを書いてください。この言語の読者が最初に見る文です。",
    "long_text": "お知らせは600字までです。",
    "bad_links": "各行は、名称、空白、https で始まるアドレスの順に書いてください。",
    "stale": "その間に別の人が切り替えました。現在の状態を確かめてから、もう一度お決めください。",
}


def words_for(language: str) -> dict[str, str]:
    """The words in a language (a BCP 47 tag); English where there are no others."""
    return JAPANESE if language.startswith("ja") else ENGLISH
