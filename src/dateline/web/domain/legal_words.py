"""What readers are told of a story that the law keeps from them, in each masthead's language."""

from dateline.stories.domain.legal import Demand

ENGLISH = {
    "title": "Withheld for legal reasons",
    "by_them": "We no longer show this story, because {} demands so.",
    "by_nobody": (
        "We no longer show this story, because of a legal demand. We may not say who made it."
    ),
    "until": "It comes back when the demand no longer holds.",
    "by": "Demanded by",
    "ground": "Ground",
    "made_on": "Date of the demand",
    "place": "Where it holds",
    "reference": "Reference",
    "copy": "The demand",
    "read_copy": "Read a copy",
    "since": "Withheld since",
    "blocked_by": "Withheld by {}",
    "who_we_are": "Who we are",
    "date_format": "j F Y",
    "court": "An order of a court",
    "authority": "An order of an authority",
    "reputation": "Reputation",
    "privacy": "Private life",
    "data": "Protection of personal data",
    "copyright": "Copyright",
    "other": "Another law",
}

JAPANESE = {
    "title": "法的な理由により掲載を見合わせています",
    "by_them": "{}の求めにより、この記事の掲載を見合わせています。",
    "by_nobody": (
        "法的な求めにより、この記事の掲載を見合わせています。求めた者の名称は公表できません。"
    ),
    "until": "求めの効力がなくなれば、再び掲載します。",
    "by": "求めた者",
    "ground": "根拠",
    "made_on": "求めの日付",
    "place": "効力の及ぶ範囲",
    "reference": "事件番号など",
    "copy": "求めの文書",
    "read_copy": "写しを読む",
    "since": "掲載見合わせの開始",
    "blocked_by": "{}が掲載を見合わせています",
    "who_we_are": "発行者情報",
    "date_format": "Y年n月j日",
    "court": "裁判所の命令",
    "authority": "行政機関の命令",
    "reputation": "名誉・信用",
    "privacy": "私生活の保護",
    "data": "個人情報の保護",
    "copyright": "著作権",
    "other": "その他の法令",
}


def legal_words_for(language: str) -> dict[str, str]:
    """The words for a BCP 47 tag; English where there are none."""
    return JAPANESE if language.partition("-")[0] == "ja" else ENGLISH


def sentence(demand: Demand, language: str) -> str:
    """What the desk wrote for readers of this language, else one that is always true."""
    words = legal_words_for(language)
    told = words["by_them"].format(demand.by) if demand.by else words["by_nobody"]
    return demand.words_in(language) or told
