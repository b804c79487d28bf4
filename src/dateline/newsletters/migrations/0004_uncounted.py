"""Keep whether a subscriber minds that the links of their letters are counted.

Lock:      newsletters_subscriber, for the moment it takes to add a column with a default.
Takes:     milliseconds: no row is written.
Old code:  runs unchanged before, during and after: the database knows the default.
Undo:      drops the column, and with it who minds.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsletters', '0003_clicks'),
    ]

    operations = [
        migrations.AddField(
            model_name='subscriber',
            name='uncounted',
            field=models.BooleanField(db_default=False, default=False, help_text='Whether nobody counts which links of their letters they follow.'),
        ),
    ]
