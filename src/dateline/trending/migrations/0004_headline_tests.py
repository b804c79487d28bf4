"""Keep which headlines of a story are tried, what was counted of each, and who chose.

Lock:      none: the tables are new.
Takes:     milliseconds.
Old code:  runs unchanged before, during and after.
Undo:      drops every test with its counts and notes; a headline that was chosen stands.
"""

import dateline.trending.domain.headlines
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mastheads', '0001_initial'),
        ('stories', '0006_card_headlines'),
        ('trending', '0003_live_numbers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HeadlineTest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('texts', models.JSONField(help_text="The story's own title in lists, then the others.")),
                ('headline', models.CharField(help_text="The story's long one when it began.", max_length=250)),
                ('began_at', models.DateTimeField()),
                ('until', models.DateTimeField(help_text='It ends by then, UTC, decided or not.')),
                ('ended_at', models.DateTimeField(null=True)),
                ('how', models.CharField(choices=[('started', 'started'), ('decided', 'decided'), ('over', 'over'), ('chosen', 'chosen'), ('story', 'story')], default=dateline.trending.domain.headlines.How['STARTED'], max_length=7)),
                ('chosen', models.PositiveSmallIntegerField(default=0, help_text="Which headline lists show since it ended, from 0: the story's own.")),
                ('counts', models.JSONField(help_text='[seen, clicked] of each headline: visitors of a day.')),
                ('masthead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.story')),
            ],
        ),
        migrations.CreateModel(
            name='HeadlineNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('started', 'started'), ('decided', 'decided'), ('over', 'over'), ('chosen', 'chosen'), ('story', 'story')], max_length=7)),
                ('chosen', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('test', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='trending.headlinetest')),
            ],
        ),
        migrations.AddIndex(
            model_name='headlinetest',
            index=models.Index(fields=['masthead', '-id'], name='headline_test_newest'),
        ),
        migrations.AddConstraint(
            model_name='headlinetest',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('masthead', 'story'), name='headline_test_one_for_a_story'),
        ),
    ]
