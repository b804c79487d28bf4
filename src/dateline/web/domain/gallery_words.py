"""What readers are told around a gallery, in each language a masthead may have."""

ENGLISH = {
    "gallery": "Gallery",
    "gallery_of": "Gallery: {}",
    "gallery_count": "{} of {}",
    "gallery_before": "Picture before this",
    "gallery_after": "Next picture",
    "gallery_large": "Open the picture",
    "gallery_close": "Close",
}

JAPANESE = {
    "gallery": "写真一覧",
    "gallery_of": "写真一覧「{}」",
    "gallery_count": "{} / {}枚",
    "gallery_before": "前の写真",
    "gallery_after": "次の写真",
    "gallery_large": "写真を開く",
    "gallery_close": "閉じる",
}


def gallery_words_for(language: str) -> dict[str, str]:
    """The words for a BCP 47 tag; English where there are none."""
    return JAPANESE if language.partition("-")[0] == "ja" else ENGLISH
