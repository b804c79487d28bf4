"""Say a sentence of `domain.words` with a fact in it."""

from django.template import Library

register = Library()


@register.simple_tag
def say(sentence: str, **facts: object) -> str:
    """`{% say a.join_title title=site.name %}`: the sentence with its facts; escaped as any is."""
    return sentence.format(**facts)
