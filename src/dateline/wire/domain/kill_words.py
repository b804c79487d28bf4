"""The words in which agencies ask editors to kill or to hold, in seven languages.

Each pattern asks for more than the verb: a word in capitals at the start of a line, the name of
what is meant (story, 記事, dépêche, Meldung), or a plea to editors. News about kills, recalls and
cancellations is full of the same verbs. Sources: dpa stylebook (Corrections), AP picture
notification banners, Reuters handbook (Story withdrawn), AFP and Kyodo notices as newsrooms know
them. Every repetition is bounded, since bodies are scanned whole.
"""

import re

_THING = (
    r"(?:stor(?:y|ies)|items?|headlines?|briefs?|pictures?|photos?|photographs?|images?|articles?|"
    r"versions?|dispatch(?:es)?|alerts?|graphics?|videos?)"
)
_OUR = r"(?:(?:the|our|this|these|that|all|any|previous|earlier|said|following)\s+){0,3}"
_EDITORS = r"advisory|note|attention|editors?"
_DE_USE = r"(?:verwenden|verbreiten|veröffentlichen)"
_NEAR = r"[^\n]{0,40}?"
_END = r"[ \t]*(?:[-:\u2013\u2014\uff1a.,!]|$)"
_FR_PLEASE = r"(?:pri[èe]re|merci|veuillez|bien vouloir)\s+(?:de\s+|d['\u2019]\s?)?"
_FR_THING = (
    r"(?:d[ée]p[êe]ches?|photos?|articles?|papiers?|infos?|informations?|urgents?|alertes?|images?)"
)
_FR_OUR = r"(?:(?:la|le|les|notre|nos|cette|ce|ces|l['\u2019])\s*){0,2}"
_DE_THING = r"(?:meldung|eilmeldung|nachricht|bericht|korrespondentenbericht|foto|bild|grafik)"
_JA_THING = "(?:記事|写真|画像|配信|全文|速報|原稿|見出し)"
_JA_CANCEL = "(?:取り?消し?|削除|撤回|使用中止|使用停止|使用を中止)"
_JA_HOLD = "(?:保留|見合わせ)"
_JA_PLEASE = "(?:します|願い|いたします|致します|ください|下さい)"

_KILLS = (
    # English: AP, Reuters, dpa, PA
    r"\bKILL[\s.,!-]+KILL\b|\bMANDATORY KILL\b|\bKILL IS MANDATORY\b",
    r"\b(?i:a kill is mandatory)\b",
    rf"\b(?i:please kill {_OUR}{_THING})\b",
    r"\bSTORY (?:IS )?WITHDRAWN\b",
    r"^[ \t]*(?:[A-Z0-9/-]{1,60}-)?(?:KILL|WITHDRAWN|WITHDRAWAL)" + _END,
    rf"^[ \t]*(?i:{_THING}[ -](?:kill|withdrawal|elimination)){_END}",
    r"\b(?:PHOTO|PICTURE|STORY|TEXT|VIDEO|GRAPHIC) KILL\b",
    rf"\b(?i:please disregard {_OUR}{_THING})\b|^[ \t]*(?i:please disregard)\b",
    rf"^[ \t]*(?i:{_EDITORS})\b{_NEAR}\b(?i:{_THING})\b{_NEAR}\b(?i:withdrawn|killed)\b",
    r"\b(?i:this (?:story|item|photo|picture|article|headline) (?:has been|is|was) withdrawn)\b",
    rf"\b(?i:we (?:have withdrawn|are withdrawing|withdraw) (?:this|our) {_THING})\b",
    # Japanese
    rf"[【\u3014\uff3b\[]{_JA_THING}?(?:の)?{_JA_CANCEL}(?:依頼|のお?願い)?[】\u3015\uff3d\]]",
    rf"{_JA_THING}[^。\n]{{0,20}}{_JA_CANCEL}(?:を|の)?お?(?:いた)?{_JA_PLEASE}",
    rf"{_JA_THING}(?:の|を)?{_JA_CANCEL}の?(?:お願い|依頼)",
    rf"{_JA_THING}[^。\n]{{0,10}}{_JA_CANCEL}(?:し|して){_JA_PLEASE}",
    rf"^[ \t]*{_JA_THING}(?:の)?{_JA_CANCEL}(?:[\s:\uff1a]|$)",
    # French
    r"^[ \t]*(?:ANNULATION|ANNUL[ÉE]E?S?|[ÀA] ANNULER)" + _END,
    rf"\b(?i:{_FR_PLEASE}annuler {_FR_OUR}{_FR_THING})\b",
    rf"\b(?i:{_FR_PLEASE}ne pas tenir compte)\b",
    r"\b(?:PHOTO|D[ÉE]P[ÊE]CHE|IMAGE) ANNUL[ÉE]E",
    # German
    r"^[ \t]*(?:ZURÜCKGEZOGEN|RÜCKRUF|STORNO|STORNIERT)" + _END,
    rf"\b(?i:bitte {_NEAR}\b{_DE_THING}\b{_NEAR}(?<!vorerst )nicht (?:mehr )?{_DE_USE})\b",
    rf"\b(?i:bitte verwenden sie [^\n.]{{0,20}}?\b{_DE_THING}\b[^\n.]{{0,40}}?nicht)\b",
    rf"\b(?i:bitte (?:löschen|stornieren) sie [^\n.]{{0,20}}?\b{_DE_THING})\b",
    r"\b(?i:(?:die|diese|unsere) (?:eil)?meldung [^\n.]{0,40}?(?:zurückgezogen|storniert))\b",
    # Spanish, Russian and Arabic: what dpa's IPTC 7901 puts for a headline
    r"\bELIMINAR\s*-\s*ELIMINAR\b|^[ \t]*(?:ANULACI[OÓ]N|ANULAD[AO]|ELIMINAR)" + _END,
    r"^[ \t]*АННУЛИРОВАНИЕ" + _END,
    r"حظر\s+حظر\s+حظر",
)
_HOLDS = (
    r"\bHOLD[\s.,!-]+HOLD[\s.,!-]+HOLD\b",
    rf"\b(?i:please (?:with)?hold {_OUR}{_THING})\b",
    r"^[ \t]*(?i:(?:note to )?(?:editors?\s*[:,]?\s*)?please withhold)\b",
    rf"[【\u3014\uff3b\[](?:使用|掲載|配信)?{_JA_HOLD}[】\u3015\uff3d\]]",
    rf"(?:使用|掲載|配信)(?:を|は)?{_JA_HOLD}(?:て|を)?お?{_JA_PLEASE}",
    rf"\b(?i:{_FR_PLEASE}(?:suspendre|retenir|ne pas diffuser)\b[^\n.]{{0,40}}?{_FR_THING})\b",
    rf"\b(?i:bitte [^\n.]{{0,40}}?\b{_DE_THING}\b[^\n.]{{0,60}}?vorerst nicht)\b",
    rf"\b(?i:bitte halten sie [^\n.]{{0,20}}?\b{_DE_THING}\b[^\n.]{{0,40}}?zurück)\b",
)
KILL = re.compile("|".join(_KILLS), re.MULTILINE)
HOLD = re.compile("|".join(_HOLDS), re.MULTILINE)

# What the words name, up to the end of the sentence.
NAMED = re.compile(
    rf"(?:(?i:please (?:kill|hold|disregard))\s+(?i:{_OUR}{_THING})|"
    rf"(?i:{_FR_PLEASE}(?:annuler|ne pas tenir compte de|ne pas diffuser))\s+"
    rf"(?i:{_FR_OUR}{_FR_THING}))"
    r"\s+([^\n]{2,160}?)(?:\.(?:\s|$)|\n|$)"
)
