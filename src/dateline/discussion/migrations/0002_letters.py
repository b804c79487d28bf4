"""Remember which mails about decisions were sent, so that none is sent twice.

Lock:      none on tables that exist.
Takes:     milliseconds: the table is new and empty.
Old code:  runs unchanged before, during and after.
Undo:      drops the table; decisions stay, and nobody is written to again.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('discussion', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(choices=[('decision', 'decision'), ('appeal', 'appeal')], max_length=8)),
                ('sent_at', models.DateTimeField(null=True)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='discussion.decision')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('decision', 'about'), name='letter_once_a_decision')],
            },
        ),
    ]
