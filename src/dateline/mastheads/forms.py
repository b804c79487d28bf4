"""The desk's forms for mastheads and sections; what they store goes through the service."""

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from dateline.mastheads import models, services


class MastheadForm(WagtailAdminModelForm):
    """A title of the network. Adding one is this form, not code: its host answers at once."""

    wordmark_svg = forms.FileField(
        required=False,
        label="Wordmark",
        help_text="An SVG of plain shapes in currentColor, at most 200 kB. Without: the name.",
    )

    class Meta:
        model = models.Masthead
        fields = "__all__"
        widgets = {
            name: forms.TextInput(attrs={"type": "color"})
            for name in ("ink", "paper", "accent", "ink_dark", "paper_dark", "accent_dark")
        }

    def clean_wordmark_svg(self) -> bytes | None:
        """The drawing's bytes, or None when none was chosen."""
        upload = self.cleaned_data.get("wordmark_svg")
        if not upload:
            return None
        svg: bytes = upload.read()
        problem = services.wordmark_problem(svg)
        if problem:
            raise forms.ValidationError(problem)
        return svg

    def _post_clean(self) -> None:
        """Ask the service what is wrong, after Django has put the values into the instance."""
        super()._post_clean()
        for name, problem in services.problems_of(self.instance).items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, problem)

    def save(self, commit: bool = True) -> models.Masthead:
        """Store through the service, so that the fact is recorded with the change."""
        del commit  # a masthead is stored whole or not at all
        by = self.for_user.get_full_name() if self.for_user else "the desk"
        services.save_masthead(self.instance, by=by)
        svg = self.cleaned_data.get("wordmark_svg")
        if svg:
            services.set_wordmark(self.instance.pk, svg, by=by)
            self.instance.refresh_from_db()
        masthead: models.Masthead = self.instance
        return masthead


class SectionForm(WagtailAdminModelForm):
    """A section of one masthead."""

    class Meta:
        model = models.Section
        fields = "__all__"

    def _post_clean(self) -> None:
        super()._post_clean()
        problem = services.parent_problem(self.instance) if self.instance.masthead_id else None
        if problem:
            self.add_error("parent", problem)

    def save(self, commit: bool = True) -> models.Section:
        """Store through the service, so that the fact is recorded with the change."""
        del commit
        by = self.for_user.get_full_name() if self.for_user else "the desk"
        section: models.Section = self.instance
        services.save_section(section, by=by)
        return section
