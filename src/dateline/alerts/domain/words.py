"""What followers read of alerts, in each language a masthead may have."""

from collections.abc import Mapping

ENGLISH = {
    "title": "Alerts",
    "intro": (
        "What matters at once, on this device. Nothing else: no offers, no reminders, and as few "
        "as you choose."
    ),
    "subject_story": "Follow this story",
    "subject_topic": "Follow a topic",
    "story_intro": "You hear from us when something new is known about it. That is all you get.",
    "topic_intro": "You hear from us when our editors send word of it. That is all you get.",
    "follow_link": "Follow this story",
    "without_script": (
        "Alerts are shown by your browser, and it needs JavaScript for them. Without it you can "
        "follow every section by RSS."
    ),
    "cannot": (
        "This browser shows no alerts. On an iPhone or iPad, first add this site to the Home "
        "Screen, and open it from there."
    ),
    "denied": (
        "Your browser has blocked alerts from this site. You can allow them in its settings for "
        "this site, and come back."
    ),
    "unreachable": "Your browser could not reach its push service. Please try again later.",
    "refused": "That could not be kept. Please look at your choices, and try again.",
    "turn_on": "Turn alerts on",
    "asks": "Your browser then asks whether this site may show them.",
    "is_on": "Alerts are on for this device.",
    "is_off": "Alerts are off. We have forgotten this device.",
    "kept": "Kept.",
    "what": "What you get",
    "breaking_choice": "Breaking news",
    "breaking_hint": "What everybody should know now. Two editors agree on each.",
    "topics_choice": "Topics",
    "stories_choice": "Stories",
    "details": "How often, and when not",
    "how_often": "How often, at most",
    "a_day": "a day",
    "cap_breaking": "Breaking news",
    "cap_topic": "Topics",
    "cap_story": "Stories",
    "cap_hint": "What is over that waits for one summary.",
    "when": "When not",
    "quiet_choice": "Quiet hours",
    "quiet_from": "from",
    "quiet_to": "to",
    "quiet_hint": (
        "What comes meanwhile waits for one summary. Only breaking news that a second editor has "
        "confirmed comes through."
    ),
    "zone": "Time zone",
    "save": "Keep these choices",
    "pause": "Pause for a week",
    "resume": "Go on now",
    "paused": "Paused until {}.",
    "off": "Turn alerts off",
    "privacy": (
        "We keep the address at which your browser's push service reaches it, and these choices. "
        "No name, no history of what you read. Turning alerts off deletes both."
    ),
    "label_breaking": "Breaking",
    "label_topic": "Your topic",
    "label_story": "Your story",
    "label_replaces": "Corrected",
    "label_withdraws": "Withdrawn",
    "title_of": "{name} · {label}",
    "killed_text": "We have withdrawn this story. Please do not rely on our earlier alert.",
    "withdrawn_text": "We have taken this story down. Please do not rely on our earlier alert.",
    "digest_title": "While it was quiet",
    "digest_more": "and {} more",
}
JAPANESE = {
    "title": "速報通知",
    "intro": (
        "すぐに知っておきたいことだけを、この端末にお届けします。広告や催促はありません。回数はご自分で決められます。"
    ),
    "subject_story": "この記事をフォロー",
    "subject_topic": "話題をフォロー",
    "story_intro": "この記事に新しい動きがあったときだけお知らせします。それ以外は届きません。",
    "topic_intro": "編集者がこの話題について知らせるときだけ届きます。それ以外は届きません。",
    "follow_link": "この記事をフォロー",
    "without_script": (
        "通知の表示には、ブラウザーのJavaScriptが必要です。お使いにならない場合は、各面をRSSでお読みいただけます。"
    ),
    "cannot": (
        "このブラウザーでは通知を表示できません。iPhoneやiPadでは、先にこのサイトをホーム画面に追加し、そこから開いてください。"
    ),
    "denied": (
        "このサイトからの通知はブラウザーで止められています。ブラウザーのサイト設定で許可してから、もう一度お越しください。"
    ),
    "unreachable": "ブラウザーが通知サービスに接続できませんでした。時間をおいてお試しください。",
    "refused": "保存できませんでした。選択内容を確かめて、もう一度お試しください。",
    "turn_on": "通知を受け取る",
    "asks": "続けると、通知を表示してよいかブラウザーがお尋ねします。",
    "is_on": "この端末で通知を受け取っています。",
    "is_off": "通知を止めました。この端末の情報は削除しました。",
    "kept": "保存しました。",
    "what": "受け取る内容",
    "breaking_choice": "速報",
    "breaking_hint": "今すぐ知っておきたいニュースです。編集者二人の確認を経てお届けします。",
    "topics_choice": "話題",
    "stories_choice": "記事",
    "details": "回数と時間帯",
    "how_often": "一日の上限",
    "a_day": "件まで",
    "cap_breaking": "速報",
    "cap_topic": "話題",
    "cap_story": "記事",
    "cap_hint": "上限を超えた分は、まとめて一度にお届けします。",
    "when": "受け取らない時間",
    "quiet_choice": "お休みの時間",
    "quiet_from": "開始",
    "quiet_to": "終了",
    "quiet_hint": (
        "その間の通知は、終わったあとにまとめて一度にお届けします。二人目の編集者が確認した速報だけは届きます。"
    ),
    "zone": "タイムゾーン",
    "save": "この内容で保存",
    "pause": "一週間休む",
    "resume": "すぐに再開する",
    "paused": "{}まで休止中です。",
    "off": "通知を止める",
    "privacy": (
        "保存するのは、ブラウザーの通知サービスの宛先と、ここでの選択だけです。お名前や閲覧履歴は保存しません。通知を止めると、どちらも削除します。"
    ),
    "label_breaking": "速報",
    "label_topic": "フォロー中の話題",
    "label_story": "フォロー中の記事",
    "label_replaces": "訂正",
    "label_withdraws": "取り消し",
    "title_of": "{name}・{label}",
    "killed_text": "この記事は取り消しました。先ほどの通知の内容は信用しないでください。",
    "withdrawn_text": "この記事は取り下げました。先ほどの通知の内容は信用しないでください。",
    "digest_title": "お休みの間のニュース",
    "digest_more": "ほか{}件",
}


def words_for(language: str) -> Mapping[str, str]:
    """The words for a masthead's language; English where there are no others."""
    return JAPANESE if language.startswith("ja") else ENGLISH
