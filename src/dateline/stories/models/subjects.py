"""What stories are about, and who makes them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from wagtail.search import index


class Topic(models.Model):
    """What stories are about: an IPTC Media Topic, or a tag of the newsroom's own."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    qcode = models.CharField(
        max_length=40, blank=True, help_text="IPTC Media Topic, as in medtop:20000065."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["qcode"], condition=~Q(qcode=""), name="topic_qcode_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Person(index.Indexed, models.Model):
    """Someone who writes or draws for the network, as named in a byline."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    role = models.CharField(max_length=120, blank=True)
    about = models.TextField(blank=True)
    portrait = models.ForeignKey(
        "media.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    search_fields: ClassVar[list[Any]] = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
    ]

    def __str__(self) -> str:
        return self.name
