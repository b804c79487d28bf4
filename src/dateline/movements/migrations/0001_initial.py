"""Make the table of what happened to stories, for programs that ask what changed.

Lock:      none on tables that exist, but that each foreign key looks at its target.
Takes:     milliseconds: the table is new and empty; it is filled from the next fact on.
Old code:  runs unchanged before, during and after.
Undo:      drops the table; programs then have to read the lists again.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('mastheads', '0002_alarm'),
        ('stories', '0008_story_kinds'),
    ]

    operations = [
        migrations.CreateModel(
            name='Movement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(help_text="One of domain.moved.KINDS' values.", max_length=12)),
                ('at', models.DateTimeField(help_text='When it happened, UTC.')),
                ('noted_at', models.DateTimeField(help_text='When this row was written, UTC: the order it has.')),
                ('masthead', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.story')),
            ],
            options={
                'indexes': [models.Index(fields=['masthead', 'noted_at', 'id'], name='movement_in_order')],
                'constraints': [models.UniqueConstraint(fields=('masthead', 'story', 'kind', 'at'), name='movement_noted_once')],
            },
        ),
    ]
