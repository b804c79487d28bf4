"""Keep the network's alarm beside every masthead, where each page finds it.

Lock:      of the table of mastheads, for a moment: a column with a constant.
Takes:     milliseconds: a network has some dozens.
Old code:  runs unchanged: the database fills the column for rows that do not name it.
Undo:      drops the column; a network in alarm shows its pages as always.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mastheads', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='masthead',
            name='alarm',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False, help_text='What `fronts` says of the whole network: 0 nothing, 1 a banner, 2 text only.'),
        ),
    ]
