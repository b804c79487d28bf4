"""Make the table of stories that readers saved in their account.

Lock:      none on tables that exist, but that each foreign key looks at its target.
Takes:     milliseconds: the table is new and empty.
Old code:  runs unchanged before, during and after.
Undo:      drops the table and what readers saved in it.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('mastheads', '0002_alarm'),
        ('stories', '0008_story_kinds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedStory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('saved_at', models.DateTimeField(help_text='UTC.')),
                ('masthead', models.ForeignKey(help_text='Where the reader saw it: the link leads there.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
                ('reader', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.story')),
            ],
            options={
                'indexes': [models.Index(fields=['reader', '-id'], name='saved_story_newest')],
                'constraints': [models.UniqueConstraint(fields=('reader', 'story'), name='saved_story_once_a_reader')],
            },
        ),
    ]
