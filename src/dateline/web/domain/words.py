"""The words of the reader pages themselves, in each language a masthead may have."""

from dateline.web.domain import kind_words, story_words, thread_words

ENGLISH = {
    "skip": "Skip to the content",
    "menu": "Menu",
    "alarm": "Important notice",
    "sections": "Sections",
    "all_sections": "All sections",
    "our_titles": "From our other titles",
    "newsletter_signup": "Newsletter Signup",
    "register_login": "Register / Login",
    "newsletter_title": "The day in one letter",
    "newsletter_text": (
        "One mail in the morning, chosen by our editors, with nothing that follows you."
    ),
    "feed": "RSS feed",
    "alerts": "Alerts",
    "follow_story": "Follow this story",
    "latest": "Latest",
    "opinion": "Opinion",
    "more": "More stories",
    "more_in": "More in {}",
    "latest_in": "Latest in",
    "all_of": "All of",
    "related": "Related",
    "network_title": "From our other titles",
    "lead": "Top story",
    "label_opinion": "Opinion",
    "label_press_release": "Press release",
    "corrected": "Corrected",
    "image": "Image",
    "by": "By",
    "published": "Published",
    "updated": "Updated",
    "what_changed": "What changed",
    "versions_one": "first version",
    "versions_many": "{} versions",
    "correction": "Correction",
    "clarification": "Clarification",
    "update": "Update",
    "how": "How this reached you",
    "how_agency": "Agency",
    "how_item": "Item",
    "how_version": "version {}",
    "how_sent": "Sent by the agency",
    "how_received": "Received here",
    "how_edited": "Edited here",
    "how_untouched": "Published as the agency sent it",
    "how_own": "Reported and edited by",
    "yes": "Yes",
    "no": "No",
    "topics": "Topics",
    "archive": "Archive",
    "most_read": "Most read",
    "corrections": "Corrections",
    "table": "Table",
    "page": "Page {}",
    "search": "Search",
    "newer": "Newer stories",
    "older": "Older stories",
    "pages": "Pages",
    "empty_front": "The first edition is being made.",
    "empty_front_text": (
        "Nothing has been published here yet. Stories appear the moment our desk releases them."
    ),
    "empty_section": "Nothing here yet",
    "empty_section_text": "No story of this section has been published yet.",
    "preview": "Preview",
    "preview_text": "This is a draft. Readers do not see it.",
    "preview_no_masthead": (
        "This draft is placed on no masthead yet. Choose one, and the preview shows it there."
    ),
    "versions_title": "What changed",
    "versions_intro": (
        "Every text readers were shown, the newest first. Words that came are marked, words "
        "that went are struck through."
    ),
    "versions_back": "Back to the story",
    "our_desk": "our desk",
    "version": "Version {}",
    "version_now": "Shown now",
    "version_from": "From",
    "version_until": "until",
    "version_first": "First published",
    "changed_by": "by {}",
    "nothing_changed": "The words did not change.",
    "field_headline": "Headline",
    "field_standfirst": "Standfirst",
    "field_dateline": "Dateline",
    "field_byline": "Byline",
    "field_body": "Text",
    "unchanged_left_out": "Paragraphs that did not change are left out.",
    "added": "added",
    "removed": "removed",
    "to_front": "To the front page",
    "not_found": "There is no such page",
    "not_found_text": (
        "The address may have been mistyped, or the page never existed. Our sections are "
        "above; the newest stories are on the front page."
    ),
    "error": "Something went wrong on our side",
    "error_text": "The page could not be made just now. Please try again in a moment.",
    "gone_killed": "This story was withdrawn",
    "gone_killed_text": (
        "It has been taken down and we do not repeat what it said. If you shared it, please "
        "do not rely on it."
    ),
    "gone_withdrawn": "This story is no longer here",
    "gone_withdrawn_text": "Our desk has taken it down. It may come back.",
    "gone_expired": "This story has expired",
    "gone_expired_text": "We had the right to show it for a limited time, and that time is over.",
    "gone_at": "Withdrawn",
    "privacy_title": "What we count",
    "privacy_text": (
        "When you open a story, your browser tells this site, and nobody else, that the story was "
        "shown, that it was read for ten seconds, that its end was on the screen, and how many "
        "seconds it was open. It also tells whether you came from a search engine, a social "
        "network, a mail or another of our titles, but not from which page. That is how we know "
        "which stories are read. Where a list tries several headlines of a story, it tells which "
        "one was shown and whether it was followed."
    ),
    "privacy_visitor": (
        "To count a reader once, we make a number of your address, your browser and a secret "
        "that changes at midnight UTC and is then deleted. The number is different on each of our "
        "titles. Neither your address nor your account is kept with it. There is no cookie for it, "
        "and nobody outside this newsroom takes part."
    ),
    "privacy_choice": (
        "A browser that asks not to be tracked (Global Privacy Control, Do Not Track) is not "
        "counted. Nor is one without JavaScript. You can also say so here; it is then noted in "
        "this browser, for this site."
    ),
    "privacy_letters": (
        "Links in our newsletters say which copy they stand in, so that a reader counts once and "
        "programs that scan mail do not. For two days we keep a number made of that, with the hour "
        "and the link; then only sums are left, and nobody can say whose a click was. Letters have "
        "no hidden pictures: whether you open one, we do not know. A browser that asks not to be "
        "tracked is led on and not counted."
    ),
    "privacy_stop": "Do not count what I read",
    "privacy_start": "Count what I read again",
    "privacy_stopped": "What you read in this browser is not counted.",
    "privacy_asked": "Your browser asks not to be counted, and we do not.",
    "account_title": "Your account",
    "account_signed_in": "You are signed in as {}.",
    "account_text": (
        "One account works on all our titles. What we know about you, your name, password and "
        "log-ins are in one place:"
    ),
    "account_open": "Open your account",
    "notice_link": "Report illegal content",
    "account_comments": "My comments, and what became of them",
    "account_sign_out": "Sign out",
    "account_sign_out_text": "Signing out here signs you out on all our titles.",
    "network_home": "The network",
    "network_home_text": "These titles are published from one newsroom.",
    "section_feed": "Feed of this section",
    "day_format": "l j F Y",
    "moment_format": "j F Y, H:i T",
    "date_format": "j F Y",
    "short_date_format": "j M",
    "time_format": "H:i",
    **thread_words.ENGLISH,
    **story_words.ENGLISH,
    **kind_words.ENGLISH,
}

JAPANESE = {
    "skip": "本文へ移動",
    "menu": "メニュー",
    "alarm": "重要なお知らせ",
    "sections": "分野",
    "all_sections": "すべての分野",
    "our_titles": "姉妹媒体から",
    "newsletter_signup": "ニュースレター登録",
    "register_login": "会員登録・ログイン",
    "newsletter_title": "一日を一通に",
    "newsletter_text": "編集部が選んだ記事を毎朝一通でお届けします。追跡はしません。",
    "feed": "RSSフィード",
    "alerts": "速報通知",
    "follow_story": "この記事をフォロー",
    "latest": "新着",
    "opinion": "オピニオン",
    "more": "その他の記事",
    "more_in": "「{}」の新着",
    "latest_in": "この分野の新着",
    "all_of": "一覧へ",
    "related": "関連記事",
    "network_title": "姉妹媒体から",
    "lead": "トップ記事",
    "label_opinion": "オピニオン",
    "label_press_release": "プレスリリース",
    "corrected": "訂正あり",
    "image": "写真・画像",
    "by": "文",
    "published": "公開",
    "updated": "更新",
    "what_changed": "変更履歴",
    "versions_one": "初版",
    "versions_many": "{}つの版",
    "correction": "訂正",
    "clarification": "補足",
    "update": "更新",
    "how": "この記事が届くまで",
    "how_agency": "配信元",
    "how_item": "配信番号",
    "how_version": "第{}版",
    "how_sent": "配信時刻",
    "how_received": "受信時刻",
    "how_edited": "編集部による編集",
    "how_untouched": "配信されたまま掲載",
    "how_own": "取材・編集",
    "yes": "あり",
    "no": "なし",
    "topics": "トピック",
    "archive": "過去の記事",
    "most_read": "よく読まれている記事",
    "corrections": "訂正",
    "table": "表",
    "page": "{}ページ",
    "search": "検索",
    "newer": "新しい記事",
    "older": "過去の記事",
    "pages": "ページ送り",
    "empty_front": "創刊の準備をしています",
    "empty_front_text": "まだ記事はありません。公開され次第、ここに掲載します。",
    "empty_section": "まだ記事がありません",
    "empty_section_text": "この分野の記事はまだ公開されていません。",
    "preview": "プレビュー",
    "preview_text": "これは下書きです。読者には見えません。",
    "preview_no_masthead": (
        "この下書きはまだどの媒体にも配置されていません。媒体を選ぶとここに表示されます。"
    ),
    "versions_title": "変更履歴",
    "versions_intro": (
        "読者に示したすべての版を新しい順に示します。加えた語には印を、"
        "削った語には取り消し線を付けています。"
    ),
    "versions_back": "記事に戻る",
    "our_desk": "編集部",
    "version": "第{}版",
    "version_now": "現在の版",
    "version_from": "掲載",
    "version_until": "から次の時刻まで",
    "version_first": "初版公開",
    "changed_by": "変更：{}",
    "nothing_changed": "文面の変更はありません。",
    "field_headline": "見出し",
    "field_standfirst": "前文",
    "field_dateline": "発信地",
    "field_byline": "筆者",
    "field_body": "本文",
    "unchanged_left_out": "変更のない段落は省いています。",
    "added": "追加",
    "removed": "削除",
    "to_front": "トップページへ",
    "not_found": "ページが見つかりません",
    "not_found_text": "アドレスが正しいかご確認ください。最新の記事はトップページにあります。",
    "error": "エラーが発生しました",
    "error_text": "ページを表示できませんでした。しばらくしてからもう一度お試しください。",
    "gone_killed": "この記事は取り消されました",
    "gone_killed_text": (
        "記事は取り下げられ、内容は繰り返しません。共有された場合は、"
        "その内容に依拠しないようお願いします。"
    ),
    "gone_withdrawn": "この記事は掲載を終えました",
    "gone_withdrawn_text": "編集部が取り下げました。再び掲載されることがあります。",
    "gone_expired": "掲載期間が終了しました",
    "gone_expired_text": "配信契約で定められた掲載期間が終わりました。",
    "gone_at": "取り消し",
    "privacy_title": "閲覧の集計について",
    "privacy_text": (
        "記事を開くと、表示されたこと、10秒間読まれたこと、末尾まで表示されたこと、"
        "開いていた秒数を、お使いのブラウザーがこのサイトだけに伝えます。"
        "検索、SNS、メール、姉妹媒体のどれから来られたかという区分も伝えますが、"
        "どのページからかは伝えません。どの記事が読まれているかを知るためのものです。"
        "一覧で一つの記事の見出しをいくつか試しているときは、"
        "どれが表示され、開かれたかも伝えます。"
    ),
    "privacy_visitor": (
        "同じ方を一度だけ数えるため、接続元のアドレスとブラウザーの種類、"
        "協定世界時の毎日0時に替わる秘密の値から番号を作ります。値は翌日に消去され、"
        "番号は媒体ごとに異なります。アドレスやアカウントを番号とともに保存することはありません。"
        "Cookieは使わず、社外の第三者も関わりません。"
    ),
    "privacy_choice": (
        "追跡を望まない設定（Global Privacy Control、Do Not Track）のブラウザーと、"
        "JavaScriptを使わないブラウザーは集計しません。"
        "ここで集計を止めることもできます。その選択は、このサイト用にこのブラウザーに記録されます。"
    ),
    "privacy_letters": (
        "ニュースレターのリンクには、どの一通のものかを示す番号が付いています。"
        "同じ方を一度だけ数え、メールを検査するプログラムを除くためです。"
        "番号から作った値をリンクと時刻とともに二日間だけ保存し、その後は合計だけが残ります。"
        "誰のクリックだったかは、もう誰にも分かりません。隠し画像は使わず、開封は記録しません。"
        "追跡を望まない設定のブラウザーは、リンク先へご案内するだけで数えません。"
    ),
    "privacy_stop": "閲覧を集計しない",
    "privacy_start": "閲覧の集計を再開する",
    "privacy_stopped": "このブラウザーでの閲覧は集計していません。",
    "privacy_asked": "お使いのブラウザーの設定に従い、集計していません。",
    "account_title": "アカウント",
    "account_signed_in": "{}としてログイン中です。",
    "account_text": (
        "一つのアカウントを姉妹媒体すべてで使えます。"
        "登録内容、表示名、パスワード、ログイン中の端末は、まとめて確認・変更できます。"
    ),
    "account_open": "アカウントを開く",
    "notice_link": "違法な内容の通報",
    "account_comments": "自分のコメントとその扱い",
    "account_sign_out": "ログアウト",
    "account_sign_out_text": "ここでログアウトすると、すべての媒体からログアウトします。",
    "network_home": "媒体一覧",
    "network_home_text": "一つの編集局から発行している媒体です。",
    "section_feed": "この分野のフィード",
    "day_format": "Y年n月j日（D）",
    "moment_format": "Y年n月j日 H:i T",
    "date_format": "Y年n月j日",
    "short_date_format": "n/j",
    "time_format": "H:i",
    **thread_words.JAPANESE,
    **story_words.JAPANESE,
    **kind_words.JAPANESE,
}

LANGUAGES = {"en": ENGLISH, "ja": JAPANESE}
NAMES = {"en": "English", "ja": "日本語"}


def words_for(language: str) -> dict[str, str]:
    """The interface words for a BCP 47 tag; English where we have none of that language."""
    return LANGUAGES.get(language.partition("-")[0].lower(), ENGLISH)


def language_name(language: str) -> str:
    """A language by its own name: `ja` is 日本語; the tag itself where we do not know it."""
    return NAMES.get(language.partition("-")[0].lower(), language)
