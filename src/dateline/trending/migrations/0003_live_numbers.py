"""Make room for what the desk shows of readers now.

Lock:      none: the table is new.
Takes:     milliseconds.
Old code:  runs unchanged before, during and after.
Undo:      drops the table; the worker's own counters are not in it.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mastheads', '0001_initial'),
        ('trending', '0002_steering'),
    ]

    operations = [
        migrations.CreateModel(
            name='LiveNumbers',
            fields=[
                ('masthead', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='mastheads.masthead')),
                ('reading', models.PositiveIntegerField(help_text='Visitors of the last five minutes, each once.')),
                ('stories', models.JSONField(help_text='Fields of domain.live.Numbers, the most read now first.')),
                ('left_out', models.PositiveBigIntegerField(help_text='Not counted for want of room: rarely any.')),
                ('at', models.DateTimeField(help_text='When the worker counted last, UTC; within a minute.')),
            ],
        ),
    ]
