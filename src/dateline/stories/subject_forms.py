"""The desk's forms for people and topics; what they store goes through the service."""

from wagtail.admin.forms import WagtailAdminModelForm

from dateline.stories import models
from dateline.stories.services import subjects

BY_THE_DESK = "the desk"


class PersonForm(WagtailAdminModelForm):
    """Someone named over stories."""

    class Meta:
        model = models.Person
        fields = "__all__"

    def save(self, commit: bool = True) -> models.Person:
        """Store through the service, so that the pages that show the name follow."""
        del commit
        person: models.Person = self.instance
        subjects.keep_person(person, by=_name_of(self))
        return person


class TopicForm(WagtailAdminModelForm):
    """What stories are about."""

    class Meta:
        model = models.Topic
        fields = "__all__"

    def save(self, commit: bool = True) -> models.Topic:
        """Store through the service, so that the pages that show the name follow."""
        del commit
        topic: models.Topic = self.instance
        subjects.keep_topic(topic, by=_name_of(self))
        return topic


def _name_of(form: WagtailAdminModelForm) -> str:
    return form.for_user.get_full_name() if form.for_user else BY_THE_DESK
