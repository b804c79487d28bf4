"""The desk's form for a poll; what it stores goes through the service."""

from wagtail.admin.forms import WagtailAdminModelForm

from dateline.polls import models
from dateline.polls.domain.polls import problems_of
from dateline.polls.services import changed_since, keep_poll

BY_THE_DESK = "the desk"


class PollForm(WagtailAdminModelForm):
    """One poll with its answers."""

    class Meta:
        model = models.Poll
        fields = "__all__"

    def is_valid(self) -> bool:
        """Say what is wrong with the answers together, above the form."""
        valid: bool = super().is_valid()
        if not valid:
            return False
        texts = [
            form.cleaned_data["text"]
            for form in self.formsets["answers"].ordered_forms
            if not form.cleaned_data.get("DELETE")
        ]
        told = self.cleaned_data
        problems = problems_of(
            texts, opens_at=told.get("opens_at"), closes_at=told.get("closes_at")
        ) or changed_since(self.instance, texts)
        for name, problem in problems.items():
            self.add_error(name or None, problem)
        return not problems

    def save(self, commit: bool = True) -> models.Poll:
        """Store through the service, so that the pages that ask it follow."""
        by = self.for_user.get_full_name() if self.for_user else BY_THE_DESK
        del commit
        poll: models.Poll = super().save(commit=False)
        keep_poll(poll, by=by)
        return poll
