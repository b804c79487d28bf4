"""Make the table of the network's alarms.

Lock:      none on tables that exist.
Takes:     milliseconds: the table is new and empty.
Old code:  runs unchanged before, during and after.
Undo:      drops the table; what was said in alarms is lost.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(choices=[(0, 'OFF'), (1, 'BANNER'), (2, 'EMERGENCY')])),
                ('english', models.TextField(blank=True)),
                ('japanese', models.TextField(blank=True)),
                ('links_english', models.TextField(blank=True, help_text='One a line: words, then an address.')),
                ('links_japanese', models.TextField(blank=True)),
                ('at', models.DateTimeField(help_text='From when on, UTC.')),
                ('by', models.ForeignKey(help_text='None: the operator, by command.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'permissions': [('raise_alarm', 'Can switch the network to emergency and back')],
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', [0, 1, 2])), name='alarm_level_known')],
            },
        ),
    ]
