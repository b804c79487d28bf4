"""The desk's picture form: reads what the file says, refuses bad files, shows the rights."""

from typing import Any

from django import forms
from django.db import transaction
from django.forms.fields import FileField
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from dateline import clock
from dateline.media import services
from dateline.media.domain.metadata import PictureRefused
from dateline.media.models import Picture

# Words and rights that readers see or that decide what they see: a change of one is a fact.
PUBLIC_FIELDS = frozenset(
    {
        "file",
        "description",
        "headline",
        "caption",
        "byline",
        "credit",
        "source",
        "copyright_notice",
        "usage_terms",
        "instructions",
        "embargo_until",
        "usable_until",
        "held_reason",
        "web_statement",
        "digital_source_type",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    }
)


class ReasonForm(forms.Form):
    """Why a picture is killed or reinstated; kept on the record."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A sentence for the record, such as “Shows the wrong person.”",
    )


class PictureFileField(WagtailImageField):
    """Takes a picture that we can read whole; what it says about itself comes with it."""

    def to_python(self, data: Any) -> Any:
        """Return the upload with `picture_values`, the fields that its metadata gives."""
        upload = FileField.to_python(self, data)
        if upload is None:
            return None
        try:
            values = services.read_values(upload.read(), name=str(upload.name), at=clock.now())
        except PictureRefused as refusal:
            raise forms.ValidationError(str(refusal), code="refused") from refusal
        upload.seek(0)
        upload = super().to_python(data)
        upload.picture_values = values
        return upload

    def check_image_pixel_size(self, f: Any) -> None:
        """Leave it at our own limit, read from the head; Wagtail's check decodes every pixel."""


class PictureForm(BaseImageForm):
    """Wagtail's image form for upload, edit, chooser and API, with our rules."""

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.by = str(user) if user else "the desk"
        if "file" in self.fields:
            plain = self.fields["file"]
            self.fields["file"] = PictureFileField(
                label=plain.label, required=plain.required, widget=plain.widget
            )
        for name in ("caption", "copyright_notice", "usage_terms", "instructions", "held_reason"):
            if name in self.fields:
                self.fields[name].widget.attrs["rows"] = 3

    def clean_file(self) -> Any:
        """Refuse a file that the library has; two rows of one file would be killed apart."""
        upload = self.cleaned_data["file"]
        values = getattr(upload, "picture_values", None)
        if values is None:
            return upload
        twins = Picture.objects.filter(sha256=values["sha256"]).exclude(pk=self.instance.pk)
        twin = twins.first()
        if twin is not None:
            raise forms.ValidationError(
                f"This file is in the library as {_bare(twin)}. "
                "Use that picture, or replace its words.",
                code="twin",
            )
        return upload

    def save(self, commit: bool = True) -> Picture:
        """Save the picture; a change of what readers see is recorded in the same transaction."""
        is_new = self.instance.pk is None
        self._read_the_file()
        with transaction.atomic():
            picture: Picture = super().save(commit=commit)
            if commit and not is_new and PUBLIC_FIELDS & set(self.changed_data):
                services.note_change(picture, by=self.by)
        return picture

    def _read_the_file(self) -> None:
        """Let the file speak where nothing was typed, on upload and on replacing the file."""
        values = getattr(self.cleaned_data.get("file"), "picture_values", None)
        if values is None and not self.instance.sha256:
            # Wagtail kept the upload aside while a field was corrected, and put it back itself.
            with self.instance.open_file() as file:
                values = services.read_values(
                    file.read(), name=self.instance.filename, at=clock.now()
                )
        if values is not None:
            services.fill(self.instance, values)


def _bare(picture: Picture) -> str:
    """A title without signs of markup: Wagtail's upload of many puts a reason in as HTML."""
    return str(picture).replace("<", "").replace(">", "")
