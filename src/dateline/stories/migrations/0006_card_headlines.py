"""Make room for headlines that lists show in place of a story's own.

Lock:      none: the table is new.
Takes:     milliseconds.
Old code:  runs unchanged before, during and after; it shows every story's own headline.
Undo:      drops the table; every list shows its stories' own headlines again.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0005_next_embargo'),
    ]

    operations = [
        migrations.CreateModel(
            name='CardHeadlines',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said', models.TextField(help_text='As domain.headlines.as_text writes it.')),
                ('placement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.placement')),
            ],
        ),
    ]
