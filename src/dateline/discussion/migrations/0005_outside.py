"""Make room for an operator's own service: what it is asked about, and that it fails to answer.

Lock:      none that writers wait for: a new choice of a column is nothing to the database.
Takes:     milliseconds: the tables are new and empty.
Old code:  runs unchanged before, during and after; it asks nobody.
Undo:      drops both tables; comments that waited for an answer wait for a moderator.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('discussion', '0004_answers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='decision',
            name='verb',
            field=models.CharField(choices=[('held', 'held'), ('approved', 'approved'), ('removed', 'removed'), ('undone', 'undone'), ('passed', 'passed'), ('featured', 'featured'), ('unfeatured', 'unfeatured'), ('warned', 'warned'), ('suspended', 'suspended'), ('banned', 'banned'), ('lifted', 'lifted'), ('appeal_upheld', 'appeal_upheld'), ('appeal_refused', 'appeal_refused')], max_length=14),
        ),
        migrations.CreateModel(
            name='OutsideAsk',
            fields=[
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='discussion.comment')),
                ('version', models.PositiveIntegerField(help_text="The comment's version: where it moved, the answer counts for nothing.")),
                ('at', models.DateTimeField(help_text='When it was stored, UTC.')),
                ('leased_until', models.DateTimeField(help_text='A process is asking until then.', null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='outside_ask_oldest')],
            },
        ),
        migrations.CreateModel(
            name='OutsideTrouble',
            fields=[
                ('one', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('comments', models.PositiveIntegerField(default=0, help_text='It did not answer about.')),
                ('latest_at', models.DateTimeField()),
                ('error', models.TextField(help_text='Why not, the last time.')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('one', 1)), name='outside_trouble_one_row')],
            },
        ),
    ]
