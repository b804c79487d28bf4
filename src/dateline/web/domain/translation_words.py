"""What readers are told of a translation, in each language a masthead may have."""

from dateline.stories.domain.translation import How, Translation

ENGLISH = {
    How.PERSON: "Translated by {}",
    How.CHECKED: "Translated by machine, checked by {}",
    How.MACHINE: "Translated by machine, checked by nobody",
    "original": "Original in",
}

JAPANESE = {
    How.PERSON: "翻訳：{}",
    How.CHECKED: "機械翻訳、確認：{}",
    How.MACHINE: "機械翻訳（人による確認なし）",
    "original": "原文",
}


def translation_words_for(language: str) -> dict[str, str]:
    """The words for a BCP 47 tag; English where there are none."""
    return JAPANESE if language.partition("-")[0] == "ja" else ENGLISH


def around_name(translation: Translation, language: str) -> tuple[str, str]:
    """What stands before and after the name in the sentence on who translated a story."""
    before, _, after = translation_words_for(language)[translation.how].partition("{}")
    return before, after
