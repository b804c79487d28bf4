"""Give a picture an embargo of its own.

Lock:      a moment; a column that may be empty is added.
Takes:     no time.
Old code:  runs unchanged; it knows nothing of the column.
Undo:      drops the column and with it the embargoes.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("media", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="picture",
            name="embargo_until",
            field=models.DateTimeField(
                blank=True,
                help_text="Not to be shown before this moment, UTC. Empty is none.",
                null=True,
            ),
        ),
    ]
