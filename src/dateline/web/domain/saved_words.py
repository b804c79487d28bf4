"""The words around stories saved in an account, in each language a masthead may have."""

ENGLISH = {
    "title": "Saved stories",
    "lead": "Stories you saved in your account, from all our titles. Only you see this list.",
    "none": "You have saved nothing yet",
    "none_text": "Below each story there is a button for it. You can also give us an address here.",
    "saved_at": "Saved",
    "gone": "No longer available",
    "gone_text": "This story was taken down, or our right to show it has ended.",
    "remove": "Remove",
    "removed": "Removed from your list.",
    "undo": "Put it back",
    "back": "It is in your list again.",
    "not_back": "That could not be put back. Save the story again from its page.",
    "kept": "Saved.",
    "kept_many": "{} stories saved.",
    "nothing_new": "Nothing new was saved: it is in your list, or is not on this site any more.",
    "full": "Your list is full: it keeps 1,000 stories. {} had no room. Remove some and try again.",
    "no_address": "That is no address of a story on this site.",
    "elsewhere": "This form was sent from another site, so nothing was changed.",
    "signed_out": "You are signed out. Sign in, and try again.",
    "address": "Address of a story on this site",
    "save": "Save",
    "older": "Saved before these",
    "on_device": "Saved in this browser",
    "account_lead": "With an account, what you save is there on every device:",
    "account_link": "saved stories in your account",
    "take": "Move the list of this browser to your account",
    "take_text": "This list is in this browser only. In your account you have it everywhere.",
}

JAPANESE = {
    "title": "保存した記事",
    "lead": "アカウントに保存した記事です。当社の全媒体の記事が並び、ご本人だけが見られます。",
    "none": "保存した記事はまだありません",
    "none_text": "各記事の下に保存ボタンがあります。ここに記事のアドレスを入力しても保存できます。",
    "saved_at": "保存日時",
    "gone": "現在はご覧になれません",
    "gone_text": "記事が取り下げられたか、掲載できる期間が終わりました。",
    "remove": "削除",
    "removed": "一覧から削除しました。",
    "undo": "元に戻す",
    "back": "一覧に戻しました。",
    "not_back": "元に戻せませんでした。記事のページからもう一度保存してください。",
    "kept": "保存しました。",
    "kept_many": "{}本の記事を保存しました。",
    "nothing_new": "新しく保存した記事はありません。保存済みか、公開されていない記事です。",
    "full": (
        "一覧がいっぱいです。保存できるのは1,000本までで、{}本を保存できませんでした。"
        "いくつか削除してからもう一度お試しください。"
    ),
    "no_address": "このサイトの記事のアドレスではありません。",
    "elsewhere": "別のサイトから送られたため、何も変更していません。",
    "signed_out": "ログインしていません。ログインしてからもう一度お試しください。",
    "address": "このサイトの記事のアドレス",
    "save": "保存する",
    "older": "これより前に保存した記事",
    "on_device": "このブラウザーに保存した記事",
    "account_lead": "アカウントに保存すると、どの端末でもご覧になれます。",
    "account_link": "アカウントに保存した記事",
    "take": "このブラウザーの一覧をアカウントに移す",
    "take_text": "この一覧はこのブラウザーだけにあります。アカウントではどの端末でも読めます。",
}


def saved_words_for(language: str) -> dict[str, str]:
    """The words in a masthead's language (a BCP 47 tag); English where there are no others."""
    return JAPANESE if language.startswith("ja") else ENGLISH
