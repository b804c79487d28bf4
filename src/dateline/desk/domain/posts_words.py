"""The words of the screen that says who does which work for which masthead."""

from collections.abc import Mapping

ENGLISH = {
    "posts": "Who does what", "appoint": "Appoint", "dismiss": "Dismiss",
    "about": "Each of them does this work for that masthead alone. Administrators do all of it "
             "everywhere and are not listed.",
    "person": "Person", "work": "Work", "where": "Masthead", "action": "Action",
    "email": "Their e-mail address", "email_help": "Of their account at any of the mastheads.",
    "comments": "Comments", "trending": "Trending", "offers": "Offers", "jobs": "Jobs",
    "lists": "Letters and lists", "alerts": "Alerts",
    "pages": "Standing pages",
    "comments_does": "moderates comments",
    "trending_does": "steers what trends",
    "offers_does": "books, approves and stops offers; nobody approves what they wrote, unless "
                   "they are alone",
    "jobs_does": "keeps the job board",
    "lists_does": "makes letters, sends them, and keeps the lists of who gets them",
    "alerts_does": "writes, confirms and takes back alerts; nobody confirms what they wrote",
    "pages_does": "writes a title's pages about itself, and reads what comes in through them",
    "all_work": "All work", "whole_network": "The whole network",
    "what_each_is": "What each of them does", "stop": ".",
    "nobody": "Nobody yet but administrators.",
    "no_account": "Nobody has an account with this address.",
    "appointed": "{name} is appointed: {work}, {where}.",
    "dismissed": "{name} is dismissed: {work}, {where}. The form is filled in, should that have "
                 "been a slip.",
    "no_desk": "cannot enter the desk yet: give them access in Settings, Users",
}  # fmt: skip
JAPANESE = {
    "posts": "担当者", "appoint": "任命する", "dismiss": "解任する",
    "about": "担当者はその媒体についてだけ作業します。管理者はすべての媒体のすべての作業ができ、"
             "この一覧には載りません。",
    "person": "人", "work": "作業", "where": "媒体", "action": "操作",
    "email": "メールアドレス", "email_help": "いずれかの媒体に登録したアドレス。",
    "comments": "コメント", "trending": "トレンド", "offers": "オファー", "jobs": "求人",
    "lists": "メールと購読リスト", "alerts": "速報",
    "pages": "案内ページ",
    "comments_does": "コメントを管理します",
    "trending_does": "トレンドの一覧を操作します",
    "offers_does": "オファーを登録、承認、停止します。自分で書いたものは、ほかに担当者がいなければ"
                   "承認できます",
    "jobs_does": "求人欄を管理します",
    "lists_does": "メールを作って送り、購読リストを管理します",
    "alerts_does": "速報を書き、確認し、取り消します。自分で書いたものは確認できません",
    "pages_does": "媒体の案内ページを書き、そこに届くメッセージを読みます",
    "all_work": "すべての作業", "whole_network": "全サイト",
    "what_each_is": "それぞれの作業の内容", "stop": "。",
    "nobody": "管理者のほかには、まだ誰もいません。",
    "no_account": "このアドレスの利用者はいません。",
    "appointed": "{name}を任命しました: {work}、{where}。",
    "dismissed": "{name}を解任しました: {work}、{where}。誤りであれば、下の記入済みの欄から"
                 "任命し直せます。",
    "no_desk": "まだデスクに入れません。「設定」の「ユーザー」で権限を与えてください",
}  # fmt: skip


def words_for(language: str) -> Mapping[str, str]:
    """The words in a language (a BCP 47 tag): Japanese, else English."""
    return JAPANESE if language.startswith("ja") else ENGLISH
