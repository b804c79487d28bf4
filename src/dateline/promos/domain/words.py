"""What readers are told around an offer, in each language a masthead may have."""

from dateline.promos.domain.kinds import Kind, Label

ENGLISH = {
    "offers": "Offer",
    "label_sponsored": "Sponsored",
    "label_promoted": "Promoted by {}",
    "label_sister": "From our sister site",
    "label_house": "From {}",
    "own_headline": "The day in one letter",
    "own_text": "One mail in the morning, chosen by our editors, with nothing that follows you.",
    "own_cta": "Newsletter sign-up",
    "code": "Code",
    "copy": "Copy code",
    "copied": "Copied.",
    "copy_by_hand": "The code is selected: copy it with your keyboard.",
    "cta": "Learn more",
    "kind_job": "Job",
    "kind_newsletter": "Newsletter",
    "why": "Why this?",
    "why_text": (
        "Whoever reads this page may see this offer: it is chosen by the page, never by who you "
        "are. Views are counted without any name or cookie."
    ),
    "remember": "Let this device remember what I have seen, so that I see it less often",
}

JAPANESE = {
    "offers": "ご案内",
    "label_sponsored": "広告",
    "label_promoted": "提供：{}",
    "label_sister": "姉妹サイトから",
    "label_house": "{}から",
    "own_headline": "一日を一通で",
    "own_text": "編集部が選んだニュースを、毎朝一通のメールで。読者を追跡する仕組みはありません。",
    "own_cta": "ニュースレター登録",
    "code": "コード",
    "copy": "コードをコピー",
    "copied": "コピーしました。",
    "copy_by_hand": "コードを選択しました。キーボードでコピーしてください。",
    "cta": "詳しく見る",
    "kind_job": "求人",
    "kind_newsletter": "ニュースレター",
    "why": "表示の理由",
    "why_text": (
        "このページを読む方なら誰にでも表示されるご案内です。読者個人に応じて選ばれることは"
        "ありません。表示回数は、名前もクッキーも使わずに数えています。"
    ),
    "remember": "見たご案内をこの端末に記録し、表示を減らす",
}


def words_for(language: str) -> dict[str, str]:
    """The words in a masthead's language (a BCP 47 tag); English where there are no others."""
    return JAPANESE if language.startswith("ja") else ENGLISH


def label_text(label: Label, *, language: str, advertiser: str, masthead: str) -> str:
    """What stands above an offer: who paid for it, never nothing."""
    named = {Label.PROMOTED: advertiser, Label.HOUSE: masthead}
    return words_for(language)[f"label_{label}"].format(named.get(label, ""))


def kicker_of(kind: Kind, *, language: str) -> str:
    """What kind of thing it is, where its label does not say so: a job, a letter; else nothing."""
    return words_for(language).get(f"kind_{kind}", "")
