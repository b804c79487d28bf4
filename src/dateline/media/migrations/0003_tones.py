"""Give a picture two colours that are shown until it has come.

Lock:      a moment; a column with a value of the database's own is added.
Takes:     no time. A picture gets its colours when it is next changed.
Old code:  runs unchanged; new pictures it takes in have no colours.
Undo:      drops the column; pages show paper until a picture has come.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('media', '0002_embargo'),
    ]

    operations = [
        migrations.AddField(
            model_name='picture',
            name='tones',
            field=models.CharField(blank=True, db_default='', default='', editable=False, help_text='Two colours shown until it has come. Empty where it lets light through.', max_length=15),
        ),
    ]
