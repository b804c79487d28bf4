"""How a picture was made, by its IPTC digital source type (cv.iptc.org/newscodes)."""

# The last part of the term, and the word for readers.
WORDS = {
    "digitalCapture": "how_image_photo",
    "computationalCapture": "how_image_photo",
    "negativeFilm": "how_image_photo",
    "positiveFilm": "how_image_photo",
    "print": "how_image_photo",
    "minorHumanEdits": "how_image_edited",
    "humanEdits": "how_image_edited",
    "algorithmicallyEnhanced": "how_image_edited",
    "composite": "how_image_composite",
    "compositeCapture": "how_image_composite",
    "compositeSynthetic": "how_image_composite",
    "digitalArt": "how_image_drawn",
    "digitalCreation": "how_image_drawn",
    "dataDrivenMedia": "how_image_drawn",
    "compositeWithTrainedAlgorithmicMedia": "how_image_with_ai",
    "trainedAlgorithmicMedia": "how_image_by_ai",
    "algorithmicMedia": "how_image_by_ai",
}


def word_of(source_type: str) -> str:
    """Return which word says it (see `story_words`), empty for a term that is not known.

    `source_type` is the term's address or its last part alone.
    """
    return WORDS.get(source_type.rstrip("/").rpartition("/")[2], "")
