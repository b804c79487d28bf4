"""The words of a story's page and of its versions, in each language a masthead may have."""

ENGLISH = {
    "version_list": "All versions",
    "version_words": "{added} words added, {removed} removed",
    "minutes": "{} min read",
    "age_years_one": "This story is 1 year old.",
    "age_years": "This story is {} years old.",
    "related_title": "On the same subject",
    "next_story": "Next in {}",
    "also_in": "Also in",
    "how_translated": "Translated",
    "how_from": "from {}",
    "how_picture": "Picture",
    "how_image_photo": "photograph",
    "how_image_edited": "photograph, edited",
    "how_image_composite": "composite of pictures",
    "how_image_drawn": "drawn",
    "how_image_with_ai": "made with generative software",
    "how_image_by_ai": "made by generative software",
    "tools": "Read, keep, share",
    "share": "Share",
    "share_copy": "Copy link",
    "share_copied": "Link copied",
    "share_mail": "Mail",
    "share_more": "Share…",
    "text_larger": "Larger text",
    "text_smaller": "Smaller text",
    "save": "Save for later",
    "save_saved": "Saved. Remove?",
    "save_list": "Saved stories",
    "saved_title": "Saved stories",
    "saved_intro": (
        "Stories you saved in this browser. The list is kept on this device only: we do not see "
        "it, and it is gone when you clear the site's data."
    ),
    "saved_none": "You have saved nothing yet. Below each story there is a button for it.",
    "saved_no_script": (
        "The list is kept by your browser and drawn by a script, and scripts are off here. "
        "A bookmark of the story does the same."
    ),
    "saved_remove": "Remove",
    "times_here": "Times in {}",
    "times_mine": "Times where I am",
    "privacy_kept": (
        "Your size of text, whose time you read, the stories you save and, if you ask for it, what "
        "you have read: all of that is noted only when you press the button for it, in this "
        "browser, and it is sent to nobody. Pressing the button again forgets it."
    ),
    "since": "Show what is new when I come back",
    "since_stop": "Stop noting what I have read",
    "since_text": "The text has changed since you read it.",
    "since_comments": "{} new comments since you were here.",
    "since_comments_one": "1 new comment since you were here.",
    "ruby_off": "Hide readings",
    "ruby_on": "Show readings",
    "expired_title": "This story can no longer be shown in full",
    "expired_text": (
        "{} let us show it for a limited time, and that time is over. Its text and pictures are "
        "gone from this page. What readers said about it stays."
    ),
    "expired_text_own": (
        "It was published for a limited time, and that time is over. Its text and pictures are "
        "gone from this page. What readers said about it stays."
    ),
    "expired_at": "Ended",
    "expired_newest": "Newest on the same subject",
}

JAPANESE = {
    "version_list": "すべての版",
    "version_words": "{added}字追加、{removed}字削除",
    "minutes": "約{}分で読めます",
    "age_years_one": "この記事は1年前のものです。",
    "age_years": "この記事は{}年前のものです。",
    "related_title": "同じ話題の記事",
    "next_story": "「{}」の次の記事",
    "also_in": "他の言語",
    "how_translated": "翻訳",
    "how_from": "原文は{}",
    "how_picture": "画像",
    "how_image_photo": "写真",
    "how_image_edited": "加工した写真",
    "how_image_composite": "合成画像",
    "how_image_drawn": "描画",
    "how_image_with_ai": "生成ソフトを使った画像",
    "how_image_by_ai": "生成ソフトによる画像",
    "tools": "読む・残す・伝える",
    "share": "共有",
    "share_copy": "リンクをコピー",
    "share_copied": "コピーしました",
    "share_mail": "メール",
    "share_more": "共有…",
    "text_larger": "文字を大きく",
    "text_smaller": "文字を小さく",
    "save": "あとで読む",
    "save_saved": "保存済み・取り消す",
    "save_list": "保存した記事",
    "saved_title": "保存した記事",
    "saved_intro": (
        "このブラウザーで保存した記事です。一覧はこの端末だけにあり、当サイトには送られません。"
        "サイトのデータを消すと一覧も消えます。"
    ),
    "saved_none": "保存した記事はまだありません。各記事の下に保存ボタンがあります。",
    "saved_no_script": (
        "一覧はブラウザーに保存され、スクリプトで表示されます。スクリプトが無効の場合は、"
        "記事をブックマークしてください。"
    ),
    "saved_remove": "削除",
    "privacy_kept": (
        "文字の大きさ、時刻の表示、保存した記事、希望された場合の既読の記録は、"
        "ボタンを押されたときに限りこのブラウザーに記録し、どこにも送りません。"
        "もう一度押すと消えます。"
    ),
    "times_here": "{}の時刻で表示",
    "times_mine": "現地の時刻で表示",
    "since": "次に来たとき新しい点を示す",
    "since_stop": "既読の記録をやめる",
    "since_text": "前回読まれた後に本文が変わりました。",
    "since_comments": "前回の後に新しいコメントが{}件あります。",
    "since_comments_one": "前回の後に新しいコメントが1件あります。",
    "ruby_off": "ふりがなを隠す",
    "ruby_on": "ふりがなを示す",
    "expired_title": "この記事の全文は掲載期間を終えました",
    "expired_text": (
        "{}との契約で定められた掲載期間が終わったため、本文と画像は掲載していません。"
        "読者のコメントは残しています。"
    ),
    "expired_text_own": (
        "定められた掲載期間が終わったため、本文と画像は掲載していません。"
        "読者のコメントは残しています。"
    ),
    "expired_at": "終了",
    "expired_newest": "同じ話題の新しい記事",
}
