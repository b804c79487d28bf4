"""The words of the account host and of its mails, in the languages of the mastheads."""

from dateline.accounts.domain import provider_words

ENGLISH = {
    "account": "Your account",
    "network": "One account for all our titles",
    "to_title": "Back to {title}",
    "skip": "Skip to the content",
    "sign_in": "Sign in",
    "sign_in_lead": "To comment, to choose newsletters and alerts. Reading needs no account.",
    "sign_in_lead_for": "To take part on {title}. Reading needs no account.",
    "no_account": "New here?",
    "register": "Register",
    "register_title": "Register",
    "register_lead": (
        "An e-mail address and a password are all we ask. We send a code to the address, "
        "to make sure that it is yours."
    ),
    "have_account": "Registered already?",
    "other_ways": "Other ways to sign in",
    "by_code": "Send me a one-time code",
    "by_passkey": "Use a passkey",
    "passkey_needs_script": "A passkey needs JavaScript; the other ways do not.",
    "other_ways_to_register": "Other ways to register",
    "register_by_passkey": "Register with a passkey",
    "register_by_passkey_lead": (
        "No password to think of, and none to be stolen: your phone, computer or security key "
        "signs you in. We send a code to your address first, to make sure that it is yours."
    ),
    "register_by_password": "Use a password instead",
    "make_passkey": "Make your passkey",
    "make_passkey_lead": (
        "Your address is confirmed. Give the passkey a name by which you know it again: the "
        "phone’s, the computer’s or the key’s."
    ),
    "passkey_later": "Not now",
    "passkey_later_lead": "Without one you can sign in at any time with a one-time code.",
    "sign_out": "Sign out",
    "sign_out_lead": "Signing out ends this log-in here and on every site you opened with it.",
    "home_lead": "What we know about you, and what you can change.",
    "name": "Display name",
    "name_none": "None yet. You choose one when you join a title.",
    "name_hint": (
        "Other readers see this name beside what you write. 2 to 30 letters; it may not look "
        "like somebody else’s, and can be changed every 14 days."
    ),
    "name_save": "Save the name",
    "name_saved": "Your name is {name} now.",
    "name_length": "That name has {found} characters; 2 to 30 are possible.",
    "name_letters": (
        "“{found}” cannot be part of a name. Use letters, numbers, spaces and . - _ ’, "
        "with at least one letter."
    ),
    "name_scripts": "A name cannot mix alphabets that look alike. Use one of them.",
    "name_reserved": "“{found}” could be taken for our newsroom. Choose another name.",
    "name_taken": "Somebody has “{found}”, or a name that looks like it. Choose another.",
    "name_too_soon": "A name stays for 14 days. You can change yours again on {at:%d %B %Y}.",
    "change": "Change",
    "email": "E-mail address",
    "password": "Password",
    "password_kept": "Kept as a one-way hash; nobody can read it.",
    "second_step": "Second step and passkeys",
    "second_step_on": "On",
    "second_step_off": "Off",
    "sessions": "Where you are signed in",
    "sessions_lead": (
        "Each line is one browser. Signing it out ends its visits to every one of our sites."
    ),
    "this_browser": "This browser",
    "since": "Since {at}",
    "end_one": "Sign out",
    "end_others": "Sign out everywhere else",
    "ended": "Signed out there.",
    "titles": "Titles you joined",
    "titles_none": "None yet.",
    "joined_at": "Joined {at}",
    "leave": "Leave",
    "left": "You have left. Nothing is shown there as new until you join again.",
    "join_title": "Join {title}",
    "join_text": (
        "{title} will know your account by its display name, so that you can comment and choose "
        "what is sent to you. Your e-mail address is not shown to anybody. You can leave again "
        "on your account page at any time."
    ),
    "join": "Join and go on",
    "join_not": "Not now",
    "desk_closed": "The desk is closed for this account",
    "not_staff": (
        "{name} is no account of the newsroom. Ask an administrator for access, or sign out and "
        "sign in with another account."
    ),
    "needs_second_step": (
        "The newsroom’s accounts need a second step: an authenticator app, a security key or a "
        "passkey. Set one up, then open the desk again."
    ),
    "set_up_second_step": "Set up a second step",
    "open_desk": "Open the desk",
    "refused_title": "That did not work",
    "refused_text": (
        "The way back from signing in is open for half a minute, once, and only in the browser "
        "that asked for it. If this page keeps coming, allow cookies for this site."
    ),
    "again": "Sign in again",
    "mail_away": "The mail could not be sent",
    "mail_away_text": (
        "Our mail server does not answer just now. It is not your address. Try again in a minute."
    ),
    "mail_away_again": "Try again",
    "not_found": "There is no such page",
    "not_found_text": "The address may have been cut off on the way. Your account is where it was.",
    "alerts_title": "News alerts of {title}",
    "alerts_text": (
        "Yes, send me news alerts of {title} when something important happens. I can stop them "
        "with one click in each alert."
    ),
    "alerts_yes": "Send me alerts",
    "alerts_noted": "We noted your wish",
    "alerts_noted_text": (
        "Alerts of {title} are sent to {address} as soon as our newsroom sends them. Every one "
        "carries a link that stops them."
    ),
    "alerts_refused": "This invitation cannot be used any more",
    "alerts_refused_text": (
        "It is older than 30 days, was cut off on the way, or its address has changed. Nothing "
        "was subscribed."
    ),
    "moment": "j F Y, H:i",
    "mail_hello": "Hello,",
    "mail_foot": "You get this mail because somebody used this address at {origin}.",
    "invite_subject": "News alerts of {title}, if you want them",
    "invite_text": (
        "Hello {name},\n\nyou have joined {title}. We can write to you when something important "
        "happens. We do so only if you ask for it here:\n\n{link}\n\nIf you do nothing, nothing "
        "is sent and we do not ask again.\n\n{title}\n"
    ),
    "data": "Your data",
    "data_lead": "A copy of everything we keep of you, or the end of your account.",
    "data_copy": "Ask for a copy",
    "data_copy_text": (
        "We put together what every part of our sites keeps of you, as one JSON file. It is ready "
        "within 24 hours, most often in a minute, and stays here for seven days."
    ),
    "data_fetch": "Fetch the copy",
    "data_status_copy": "A copy of your data",
    "data_status_deletion": "The end of your account",
    "data_asked": "Asked for",
    "data_due": "Promised by",
    "data_done": "Done",
    "data_not_done": "Not yet",
    "data_proof": "Removed",
    "data_delete": "Close the account",
    "data_delete_text": (
        "Your account is closed at once, on every site, and removed with your address, name, "
        "password and log-ins within 24 hours. This cannot be undone. We send one mail with the "
        "address of a page that proves it."
    ),
    "data_erase": "Remove what I wrote, too",
    "data_anonymous": "Keep what I wrote, without my name",
    "data_choose": "What is to become of your comments?",
    "data_choice": "Choose what is to become of your comments.",
    "data_staff": (
        "This is an account of the newsroom. An administrator closes it, so that the record of "
        "who published what stays whole."
    ),
    "data_mail_subject": "Your account is closed",
    "data_mail_text": (
        "Your account is closed, as you asked, and removed within 24 hours. This page shows when "
        "that is done, and stays:\n\n{link}\n\nIf it was not you who asked, answer this mail now.\n"
    ),
    "guessed_subject": "Somebody tries to sign in to your account",
    "guessed_text": (
        "Hello,\n\nat {at} somebody typed a wrong password for your account five times. They did "
        "not get in, and for five minutes nobody gets in with a password. If it was you, ask for a "
        "one-time code instead of the password, or set a new one:\n\n{reset}\n\n"
        "If it was not you, and you use this password elsewhere, set one that you use nowhere "
        "else; with a passkey there is nothing to guess:\n\n{passkey}\n\n"
        "This is where you are signed in now:\n\n{logins}\n\nWe tell you once a day at most.\n"
    ),
    "too_many": "Too many tries",
    "too_many_text": "Please wait a few minutes, then try again. Nothing was changed.",
} | provider_words.ENGLISH

JAPANESE = {
    "account": "アカウント",
    "network": "一つのアカウントで、すべての媒体を",
    "to_title": "{title}に戻る",
    "skip": "本文へ移動",
    "sign_in": "ログイン",
    "sign_in_lead": (
        "コメント、ニュースレター、速報の設定に使います。記事を読むのに登録は不要です。"
    ),
    "sign_in_lead_for": "{title}に参加するためのログインです。記事を読むのに登録は不要です。",
    "no_account": "初めての方",
    "register": "会員登録",
    "register_title": "会員登録",
    "register_lead": (
        "必要なのはメールアドレスとパスワードだけです。ご本人の確認のため、アドレスにコードをお送りします。"
    ),
    "have_account": "登録済みの方",
    "other_ways": "ほかの方法でログイン",
    "by_code": "ワンタイムコードをメールで受け取る",
    "by_passkey": "パスキーを使う",
    "passkey_needs_script": "パスキーにはJavaScriptが必要です。ほかの方法には必要ありません。",
    "other_ways_to_register": "その他の登録方法",
    "register_by_passkey": "パスキーで登録",
    "register_by_passkey_lead": (
        "パスワードは不要です。スマートフォン、パソコン、セキュリティキーでログインできます。"
        "ご本人の確認のため、先にアドレスへコードをお送りします。"
    ),
    "register_by_password": "パスワードで登録する",
    "make_passkey": "パスキーを作成",
    "make_passkey_lead": (
        "アドレスを確認しました。パスキーには、端末やキーの名前など、あとで見分けられる名前を付けてください。"
    ),
    "passkey_later": "あとで",
    "passkey_later_lead": "作成しなくても、ワンタイムコードでいつでもログインできます。",
    "sign_out": "ログアウト",
    "sign_out_lead": "このログインで開いたすべてのサイトからログアウトします。",
    "home_lead": "登録内容の確認と変更ができます。",
    "name": "表示名",
    "name_none": "まだありません。媒体に参加するときに決めます。",
    "name_hint": (
        "書き込みとともにほかの読者に表示されます。2〜30文字。"
        "他人の名前と紛らわしいものは使えず、変更は14日に一度です。"
    ),
    "name_save": "表示名を保存",
    "name_saved": "表示名を「{name}」にしました。",
    "name_length": "{found}文字です。2〜30文字にしてください。",
    "name_letters": (
        "「{found}」は使えません。文字、数字、空白、. - _ ’ を使い、文字を一つ以上含めてください。"
    ),
    "name_scripts": "形の似た別の文字体系を混ぜることはできません。",
    "name_reserved": "「{found}」は編集局と紛らわしいため使えません。",
    "name_taken": "「{found}」またはよく似た名前がすでに使われています。",
    "name_too_soon": "表示名は14日間変更できません。次は{at:%Y年%m月%d日}以降に変更できます。",
    "change": "変更",
    "email": "メールアドレス",
    "password": "パスワード",
    "password_kept": "復元できない形で保存しており、誰も読めません。",
    "second_step": "二段階認証とパスキー",
    "second_step_on": "オン",
    "second_step_off": "オフ",
    "sessions": "ログイン中の端末",
    "sessions_lead": (
        "一行が一つのブラウザです。ログアウトすると、そのブラウザで開いたすべてのサイトから出ます。"
    ),
    "this_browser": "このブラウザ",
    "since": "{at}から",
    "end_one": "ログアウト",
    "end_others": "ほかのすべてからログアウト",
    "ended": "ログアウトしました。",
    "titles": "参加している媒体",
    "titles_none": "まだありません。",
    "joined_at": "{at}に参加",
    "leave": "退会",
    "left": "退会しました。再び参加するまで、その媒体には何も伝わりません。",
    "join_title": "{title}に参加",
    "join_text": (
        "コメントや配信の設定のため、{title}に表示名を伝えます。"
        "メールアドレスは誰にも表示しません。参加はアカウントのページからいつでも取り消せます。"
    ),
    "join": "参加して進む",
    "join_not": "今はしない",
    "desk_closed": "このアカウントではデスクを開けません",
    "not_staff": (
        "{name}は編集局のアカウントではありません。管理者に依頼するか、"
        "別のアカウントでログインし直してください。"
    ),
    "needs_second_step": (
        "編集局のアカウントには二段階認証が必要です。認証アプリ、セキュリティキー、"
        "パスキーのいずれかを設定してから、デスクを開いてください。"
    ),
    "set_up_second_step": "二段階認証を設定",
    "open_desk": "デスクを開く",
    "refused_title": "うまくいきませんでした",
    "refused_text": (
        "ログイン後に戻れるのは、開始したブラウザで30秒以内に一度だけです。"
        "この画面が繰り返し出る場合は、このサイトのCookieを許可してください。"
    ),
    "again": "もう一度ログイン",
    "mail_away": "メールを送信できませんでした",
    "mail_away_text": (
        "現在、メールサーバーが応答していません。アドレスの誤りではありません。"
        "一分ほど待ってから、もう一度お試しください。"
    ),
    "mail_away_again": "もう一度試す",
    "not_found": "ページが見つかりません",
    "not_found_text": "アドレスが途中で切れていないかご確認ください。登録内容はそのままです。",
    "alerts_title": "{title}の速報",
    "alerts_text": (
        "重要な出来事があったとき、{title}の速報を受け取ります。"
        "速報内のリンクからいつでも一度の操作で停止できます。"
    ),
    "alerts_yes": "速報を受け取る",
    "alerts_noted": "ご希望を承りました",
    "alerts_noted_text": (
        "配信が始まり次第、{title}の速報を{address}にお送りします。どの速報からも停止できます。"
    ),
    "alerts_refused": "この案内は使えません",
    "alerts_refused_text": (
        "30日を過ぎたか、途中で切れたか、アドレスが変わっています。登録は行われていません。"
    ),
    "moment": "Y年n月j日 H:i",
    "mail_hello": "こんにちは。",
    "mail_foot": "{origin} でこのアドレスが使われたため、このメールをお送りしています。",
    "invite_subject": "{title}の速報のご案内",
    "invite_text": (
        "{name}様\n\n{title}にご参加いただきました。重要な出来事があったとき、メールでお知らせできます。"
        "ご希望の場合のみ、こちらからお申し込みください。\n\n{link}\n\n"
        "何もしなければ配信はなく、再びご案内することもありません。\n\n{title}\n"
    ),
    "data": "あなたのデータ",
    "data_lead": "保存しているすべての情報の写しを受け取るか、アカウントを閉じることができます。",
    "data_copy": "写しを請求",
    "data_copy_text": (
        "各サイトが保存しているあなたの情報を一つのJSONファイルにまとめます。"
        "24時間以内（通常は1分ほど）に用意し、7日間ここに置きます。"
    ),
    "data_fetch": "写しを受け取る",
    "data_status_copy": "データの写し",
    "data_status_deletion": "アカウントの削除",
    "data_asked": "請求",
    "data_due": "期限",
    "data_done": "完了",
    "data_not_done": "処理中",
    "data_proof": "削除したもの",
    "data_delete": "アカウントを閉じる",
    "data_delete_text": (
        "アカウントはすべてのサイトで直ちに閉じられ、アドレス、表示名、パスワード、ログイン記録は"
        "24時間以内に削除されます。取り消しはできません。完了を確認できるページをメールでお知らせします。"
    ),
    "data_erase": "書き込みも削除する",
    "data_anonymous": "書き込みは名前を外して残す",
    "data_choose": "コメントをどうしますか",
    "data_choice": "コメントの扱いを選んでください。",
    "data_staff": ("編集局のアカウントです。公開の記録を保つため、管理者が閉じます。"),
    "guessed_subject": "アカウントへのログインが繰り返し試みられています",
    "guessed_text": (
        "{at} に、お客様のアカウントで誤ったパスワードが5回入力されました。"
        "ログインはされていません。5分間はパスワードでログインできません。ご本人の場合は、ワンタイムコードでログインするか、"
        "パスワードを再設定してください。\n\n{reset}\n\n"
        "お心当たりがなく、同じパスワードをほかでもお使いの場合は、ここだけのパスワードに変更してください。"
        "パスキーなら推測される心配がありません。\n\n{passkey}\n\n"
        "現在ログイン中のブラウザはこちらです。\n\n{logins}\n\nこのお知らせは1日に1通までです。\n"
    ),
    "data_mail_subject": "アカウントを閉じました",
    "data_mail_text": (
        "ご請求のとおりアカウントを閉じました。24時間以内に削除し、完了は次のページで確認できます。"
        "\n\n{link}\n\nお心当たりのない場合は、すぐにこのメールにご返信ください。\n"
    ),
    "too_many": "試行回数が多すぎます",
    "too_many_text": "数分待ってから、もう一度お試しください。何も変更されていません。",
} | provider_words.JAPANESE

LANGUAGES = {"en": ENGLISH, "ja": JAPANESE}


def language_of(tag: str) -> str:
    """The language of ours for a BCP 47 tag: `ja` or `en`."""
    language = tag.partition("-")[0].lower()
    return language if language in LANGUAGES else "en"


def words_for(tag: str) -> dict[str, str]:
    """The words for a BCP 47 tag; English where we have none of that language."""
    return LANGUAGES[language_of(tag)]
