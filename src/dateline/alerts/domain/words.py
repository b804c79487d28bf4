"""What followers read of alerts, in each language a masthead may have."""

from collections.abc import Mapping

ENGLISH = {
    "title": "Alerts",
    "intro": (
        "What matters at once, on this device. Nothing else: no offers, no reminders, and as few "
        "as you choose."
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
