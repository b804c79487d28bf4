"""What people are told of decisions about them, on their own page and by mail, in each language."""

from dateline.discussion.domain.status import HOUSE_RULES

ENGLISH = {
    "own_title": "My comments",
    "own_lead": "What you wrote on our titles, what became of it, and why. Only you see this.",
    "own_none": "You have not commented yet.",
    "own_older": "Older comments",
    "own_person": "Decisions about you",
    "on": "on",
    "gone_story": "A story that is no longer here",
    "visible": "Readers see it.",
    "held": "It waits for a moderator. Readers do not see it.",
    "removed": "It was removed. Readers do not see it.",
    "deleted": "You deleted it.",
    "rule": "House rule {}",
    "why": "Why",
    "by_rule": "A rule held it by itself; no person has decided yet.",
    "by_person": "A moderator decided this.",
    "warned": "You were warned.",
    "suspended": "You could not comment until {}.",
    "banned": "You cannot comment any more.",
    "lifted": "You can comment again.",
    "network": "all our titles",
    "appeal": "Ask for another look",
    "appeal_hint": "You can ask once. Somebody reads it, and you get an answer here and by mail.",
    "appeal_text": "Why should it be decided otherwise?",
    "appeal_send": "Send it",
    "appeal_sent": "Thank you. Somebody will look at it again; the answer comes here.",
    "appeal_waits": "You asked for another look. The answer comes here.",
    "appeal_upheld": "You were right. The answer to your appeal:",
    "appeal_refused": "The decision stands. The answer to your appeal:",
    "refused": "Nothing was sent.",
    "redress": (
        "In the European Union you may also turn to a certified out-of-court dispute body, "
        "or to a court."
    ),
    "mail_comment_removed": "Your comment on {title} was removed",
    "mail_comment_held": "Your comment on {title} waits for a moderator",
    "mail_comment_undone": "About your comment on {title}",
    "mail_warned": "A warning from {title}",
    "mail_suspended": "You cannot comment on {title} for a time",
    "mail_banned": "You cannot comment on {title} any more",
    "mail_lifted": "You can comment on {title} again",
    "mail_appeal_upheld": "{title}: your appeal was right",
    "mail_appeal_refused": "{title}: the answer to your appeal",
    "mail_hello": "Hello {},",
    "mail_comment_removed_text": "a moderator removed this comment of yours:",
    "mail_comment_held_text": "a moderator took this comment of yours from the page to look at it:",
    "mail_comment_undone_text": "the last decision about this comment of yours was taken back:",
    "mail_warned_text": "a moderator asks you to keep to our house rules.",
    "mail_suspended_text": "a moderator decided that you cannot comment until {}.",
    "mail_banned_text": "a moderator decided that you cannot comment any more.",
    "mail_lifted_text": "a moderator decided that you can comment again.",
    "mail_appeal_upheld_text": "we looked again, and you were right. What was decided is undone.",
    "mail_appeal_refused_text": "we looked again, and the decision stands.",
    "mail_link": "All of it, and how to ask for another look:",
    "moment": "%H:%M UTC, %d %B %Y",
}

JAPANESE = {
    "own_title": "自分のコメント",
    "own_lead": "各媒体に書いたコメントと、その扱い、理由の一覧です。ご本人だけに表示されます。",
    "own_none": "まだコメントはありません。",
    "own_older": "以前のコメント",
    "own_person": "ご本人についての決定",
    "on": "媒体：",
    "gone_story": "現在は掲載していない記事",
    "visible": "公開されています。",
    "held": "担当者の確認を待っています。他の読者には表示されません。",
    "removed": "削除されました。他の読者には表示されません。",
    "deleted": "ご自身で削除しました。",
    "rule": "利用規則 第{}項",
    "why": "理由",
    "by_rule": "自動の規則により保留されました。まだ人は判断していません。",
    "by_person": "担当者が判断しました。",
    "warned": "警告を受けました。",
    "suspended": "{}までコメントできません。",
    "banned": "コメントできなくなりました。",
    "lifted": "再びコメントできます。",
    "network": "すべての媒体",
    "appeal": "再検討を求める",
    "appeal_hint": "一度だけ申し立てができます。担当者が読み、ここと電子メールで回答します。",
    "appeal_text": "別の判断をすべき理由",
    "appeal_send": "送信する",
    "appeal_sent": "受け付けました。担当者が再検討し、ここに回答します。",
    "appeal_waits": "再検討を求めています。回答はここに表示されます。",
    "appeal_upheld": "申し立てが認められました。回答：",
    "appeal_refused": "決定は変わりません。回答：",
    "refused": "送信されませんでした。",
    "redress": "欧州連合では、認定された裁判外紛争解決機関または裁判所に訴えることもできます。",
    "mail_comment_removed": "{title}：コメントが削除されました",
    "mail_comment_held": "{title}：コメントが確認待ちになりました",
    "mail_comment_undone": "{title}：コメントについてのお知らせ",
    "mail_warned": "{title}からの警告",
    "mail_suspended": "{title}：しばらくコメントできません",
    "mail_banned": "{title}：コメントできなくなりました",
    "mail_lifted": "{title}：再びコメントできます",
    "mail_appeal_upheld": "{title}：申し立てが認められました",
    "mail_appeal_refused": "{title}：申し立てへの回答",
    "mail_hello": "{}様",
    "mail_comment_removed_text": "次のコメントは担当者により削除されました。",
    "mail_comment_held_text": "次のコメントは、確認のため担当者が非公開にしました。",
    "mail_comment_undone_text": "次のコメントについての直前の決定は取り消されました。",
    "mail_warned_text": "担当者より、利用規則を守るようお願いいたします。",
    "mail_suspended_text": "担当者の判断により、{}までコメントできません。",
    "mail_banned_text": "担当者の判断により、コメントできなくなりました。",
    "mail_lifted_text": "担当者の判断により、再びコメントできます。",
    "mail_appeal_upheld_text": "再検討の結果、申し立てを認め、決定を取り消しました。",
    "mail_appeal_refused_text": "再検討の結果、決定は変わりません。",
    "mail_link": "詳細と再検討の求め方：",
    "moment": "%Y年%m月%d日 %H:%M（UTC）",
}

RULES_IN_JAPANESE = {
    1: "人に対する侮辱や脅し。",
    2: "属性を理由に人をおとしめること。",
    3: "他人の個人情報。",
    4: "事実として述べられた虚偽、名誉毀損。",
    5: "宣伝やスパム。",
    6: "主題から外れたもの、同じことの繰り返し。",
    7: "わいせつ、または残酷なもの。",
    8: "他人の文章の長い転載。",
    9: "法に反するもの。",
}

LANGUAGES = {"en": ENGLISH, "ja": JAPANESE}


def told_words_for(language: str) -> dict[str, str]:
    """The words for a BCP 47 tag; English where we have none of that language."""
    return LANGUAGES.get(language.partition("-")[0].lower(), ENGLISH)


def rules_for(language: str) -> dict[int, str]:
    """The house rules by number, for a BCP 47 tag."""
    return RULES_IN_JAPANESE if told_words_for(language) is JAPANESE else HOUSE_RULES
