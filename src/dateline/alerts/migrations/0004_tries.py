"""Count how often a search by mail, or a digest of one, has failed.

Lock:      alerts_savedsearch and alerts_searchdigest, for the moment it takes to add columns.
Takes:     milliseconds: no row is written.
Old code:  runs unchanged before, during and after: the database knows the defaults.
Undo:      drops the columns; whatever fails is tried for ever again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('alerts', '0003_saved_searches'),
    ]

    operations = [
        migrations.AddField(
            model_name='savedsearch',
            name='tries',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, help_text='How often in a row it could not be looked for.'),
        ),
        migrations.AddField(
            model_name='searchdigest',
            name='again_at',
            field=models.DateTimeField(help_text='Until then it rests after a failure.', null=True),
        ),
        migrations.AddField(
            model_name='searchdigest',
            name='tries',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, help_text='How often it could not be handed on.'),
        ),
        migrations.AlterField(
            model_name='searchdigest',
            name='closed_at',
            field=models.DateTimeField(help_text='When it was handed on, was empty, or was given up.', null=True),
        ),
    ]
