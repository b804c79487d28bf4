"""Let votes and reports weigh by the record of who gives them.

Lock:      PostgreSQL: a moment on three tables, for their columns have defaults of the database.
           SQLite copies votes, reports and houses, and nobody writes meanwhile.
Takes:     milliseconds on PostgreSQL; on SQLite in step with the votes there are.
Old code:  runs unchanged before, during and after: what it writes counts.
Undo:      drops the columns; what was kept without weight counts again with the next vote.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('discussion', '0005_outside'),
    ]

    operations = [
        migrations.AddField(
            model_name='house',
            name='weigh_after_hours',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, help_text='Votes and reports of younger accounts, and of bad records, weigh nothing. 0: all count.'),
        ),
        migrations.AddField(
            model_name='report',
            name='counts',
            field=models.BooleanField(db_default=True, default=True, help_text='False: read by moderators, holds nothing.'),
        ),
        migrations.AddField(
            model_name='vote',
            name='counts',
            field=models.BooleanField(db_default=True, default=True, help_text='False: kept, and without weight.'),
        ),
    ]
