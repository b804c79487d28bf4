"""The words that only text-only pages say."""

ENGLISH = {
    "whole_change": "All of this change, with pictures",
    "more_live": "All that go on now, with pictures",
    "whole_comment": "All of this comment",
    "comments_before": "Comments before these",
    "whole_entry": "All of this update",
    "write_comment": "Write a comment, on the page with pictures",
}
JAPANESE = {
    "whole_change": "写真付きのページでこの変更の全文を読む",
    "more_live": "写真付きのページで更新中のすべてを見る",
    "whole_comment": "このコメントの全文を読む",
    "comments_before": "前のコメント",
    "whole_entry": "この更新の全文を読む",
    "write_comment": "写真付きのページでコメントを書く",
}


def lite_words_for(language: str) -> dict[str, str]:
    """The words in a masthead's language (a BCP 47 tag); English where there are no others."""
    return JAPANESE if language.startswith("ja") else ENGLISH
