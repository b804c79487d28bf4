"""Translations: how a story came into its language, by whom, and from which story.

Lock:      writers wait while one small index on stories is built.
Takes:     seconds for 1,000,000 stories: the columns are empty, and so is the index.
Old code:  runs unchanged, and names no translator.
Undo:      drops who translated what; the stories stay.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('media', '0003_tones'),
        ('stories', '0010_legal_demands'),
        ('wagtailcore', '0098_apitoken'),
        ('wire', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='story',
            name='translated_from',
            field=models.ForeignKey(blank=True, db_index=False, help_text='The story in its own language.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='translations', to='stories.story'),
        ),
        migrations.AddField(
            model_name='story',
            name='translated_how',
            field=models.CharField(blank=True, choices=[('person', 'by a person'), ('checked', 'by machine, checked by a person'), ('machine', 'by machine, checked by nobody')], help_text='Readers are told in the byline. Empty: it was written in its language.', max_length=8, null=True, verbose_name='how it was translated'),
        ),
        migrations.AddField(
            model_name='story',
            name='translator',
            field=models.ForeignKey(blank=True, db_index=False, help_text='Who translated it, or checked what a machine wrote.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='translations', to='stories.person'),
        ),
        migrations.AddIndex(
            model_name='story',
            index=models.Index(condition=models.Q(('translated_from__isnull', False)), fields=['translated_from'], name='story_translations'),
        ),
    ]
