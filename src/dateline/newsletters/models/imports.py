"""Files of subscribers on their way onto a list: the file in pieces, and what became of lines."""

from django.conf import settings
from django.db import models

from dateline.newsletters.domain.importing import State, Verdict
from dateline.newsletters.models.lists import Newsletter


class ListImport(models.Model):
    """One file: how far it has been read, and how many lines came to what."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.PROTECT, related_name="imports")
    name = models.CharField(max_length=120, help_text="What the file was called.")
    stated = models.TextField(help_text="Where and how consent was given, in the editor's words.")
    consented_at = models.DateTimeField(help_text="When, of lines that say none.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    state = models.CharField(
        max_length=7, choices=[(s.value, s.value) for s in State], default=State.WAITING.value
    )
    columns = models.JSONField(default=list, help_text="What the columns are, once it is known.")
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    read = models.PositiveBigIntegerField(default=0, help_text="Bytes done: it goes on from here.")
    lines = models.PositiveIntegerField(default=0, help_text="Lines done, the first among them.")
    taken = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0, help_text="On the list already.")
    withheld = models.PositiveIntegerField(default=0, help_text="Left, or not to be written to.")
    refused = models.PositiveIntegerField(default=0)
    told = models.CharField(max_length=300, blank=True, help_text="Why it stopped.")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class ImportPiece(models.Model):
    """A part of a file, as it came; removed when the file is done."""

    file = models.ForeignKey(ListImport, on_delete=models.CASCADE, related_name="pieces")
    start = models.PositiveBigIntegerField(help_text="Which byte of the file comes first in it.")
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "start"], name="import_piece_once")
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.file_id} from {self.start}"


class ImportLine(models.Model):
    """A line that put nobody on the list, and why."""

    file = models.ForeignKey(ListImport, on_delete=models.CASCADE, related_name="left_out")
    number = models.PositiveIntegerField(help_text="From 1, as an editor's program counts.")
    verdict = models.CharField(max_length=8, choices=[(v.value, v.value) for v in Verdict])
    why = models.CharField(max_length=400)
    text = models.CharField(max_length=500, help_text="The line as it came, cut.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="import_line_once")
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.file_id} line {self.number}: {self.verdict}"
