"""The words of mails about lists: to confirm, on one already, welcome, another address."""

ENGLISH = {
    "confirm_subject": "Please confirm: {lists}",
    "confirm_title": "One click and it begins",
    "confirm_text": "Somebody, you we hope, asked for this at {title} with this address:",
    "confirm_button": "Yes, send it to me",
    "confirm_why": (
        "If it was not you, do nothing: without the click nothing is sent. "
        "The link is good for seven days."
    ),
    "already_subject": "You are on the list: {lists}",
    "already_title": "You are on the list already",
    "already_text": (
        "Somebody, you we hope, asked at {title} for what this address gets already. "
        "Nothing was changed:"
    ),
    "already_button": "See and change what you get",
    "already_why": "If letters do not arrive, look among what your mail program thinks is spam.",
    "welcome_subject": "Welcome: {lists}",
    "welcome_title": "Welcome to {lists}",
    "welcome_text": "From now on you get {lists} from {title}: {rhythm}.",
    "welcome_button": "Choose what you get",
    "welcome_why": "You confirmed this address on {day}. You can stop with one click:",
    "move_subject": "Please confirm your other address",
    "move_title": "Letters to another address",
    "move_new": "Somebody asked at {title} that letters to {old} come to this address from now on.",
    "move_old": "Somebody asked at {title} that your letters go to {new} from now on.",
    "move_button": "Yes, do that",
    "move_why": (
        "Nothing changes before both addresses have said yes. If it was not you, do nothing. "
        "The link is good for three days."
    ),
    "between": ", ",
    "out": "Unsubscribe",
    "day_format": "%-d %B %Y",
}
JAPANESE = {
    "confirm_subject": "【ご確認】{lists}",
    "confirm_title": "あと一回のクリックで登録できます",
    "confirm_text": "このメールアドレスで、{title}に次の配信のお申し込みがありました。",
    "confirm_button": "登録する",
    "confirm_why": (
        "お心当たりがなければ、何もしないでください。クリックされない限り配信は始まりません。"
        "リンクは7日間有効です。"
    ),
    "already_subject": "【ご登録済み】{lists}",
    "already_title": "すでにご登録済みです",
    "already_text": (
        "このメールアドレスにすでにお届けしている配信について、{title}で再度お申し込みがありました。"
        "変更はありません。"
    ),
    "already_button": "配信の確認と変更",
    "already_why": "届かない場合は、迷惑メールの振り分けをご確認ください。",
    "welcome_subject": "【ようこそ】{lists}",
    "welcome_title": "{lists}へようこそ",
    "welcome_text": "今後、{title}の「{lists}」をお届けします。{rhythm}。",
    "welcome_button": "配信を選ぶ",
    "welcome_why": "{day}にこのアドレスをご確認いただきました。配信はワンクリックで停止できます。",
    "move_subject": "新しいメールアドレスのご確認",
    "move_title": "配信先アドレスの変更",
    "move_new": "{title}で、{old}宛ての配信をこのアドレスに変更するお申し込みがありました。",
    "move_old": "{title}で、配信先を{new}に変更するお申し込みがありました。",
    "move_button": "変更する",
    "move_why": (
        "両方のアドレスで確認されるまで、何も変わりません。お心当たりがなければ、"
        "何もしないでください。リンクは3日間有効です。"
    ),
    "between": "、",
    "out": "配信を停止する",
    "day_format": "%Y年%-m月%-d日",
}


def mail_words_for(language: str) -> dict[str, str]:
    """The words of mails in the language of a tag like `ja` or `en-GB`; English for any other."""
    return JAPANESE if language.partition("-")[0] == "ja" else ENGLISH
