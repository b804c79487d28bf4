"""Count how often a digest of alerts by mail has failed.

Lock:      alerts_maildigest, for the moment it takes to add columns.
Takes:     milliseconds: no row is written.
Old code:  runs unchanged before, during and after: the database knows the defaults.
Undo:      drops the columns; a digest that fails stops those after it, and is tried for ever.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('alerts', '0004_tries'),
    ]

    operations = [
        migrations.AddField(
            model_name='maildigest',
            name='again_at',
            field=models.DateTimeField(help_text='Until then it rests after a failure.', null=True),
        ),
        migrations.AddField(
            model_name='maildigest',
            name='tries',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, help_text='How often it could not be handed on.'),
        ),
        migrations.AlterField(
            model_name='maildigest',
            name='closed_at',
            field=models.DateTimeField(help_text='When it was handed on, was empty, or was given up.', null=True),
        ),
    ]
