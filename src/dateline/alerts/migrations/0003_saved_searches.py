"""Searches whose new hits come by mail, and what their digests told.

Lock:      none of a table that is in use; the tables are new.
Takes:     milliseconds.
Old code:  runs unchanged before and after; it sends nothing for them.
Undo:      drops the tables, and with them every search that comes by mail.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('alerts', '0002_by_mail'),
        ('mail', '0002_routes'),
        ('mastheads', '0002_alarm'),
        ('stories', '0008_story_kinds'),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.PositiveBigIntegerField(help_text='Which subscriber of the newsletters it is.')),
                ('address', models.CharField(blank=True, help_text='Empty once it has ended.', max_length=254)),
                ('key_address', models.CharField(blank=True, help_text='In lower case.', max_length=254)),
                ('key', models.CharField(help_text='SHA-256 of the search.', max_length=64)),
                ('typed', models.CharField(blank=True, max_length=200)),
                ('narrowed', models.JSONField(default=dict, help_text='Kind of mark → value.')),
                ('path', models.TextField(help_text='The page of the search.')),
                ('label', models.CharField(max_length=300)),
                ('pace', models.CharField(choices=[('daily', 'daily'), ('weekly', 'weekly')], max_length=6)),
                ('time_zone', models.CharField(max_length=63)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('looked_at', models.DateTimeField(help_text='When it was last looked for new hits.', null=True)),
                ('due_at', models.DateTimeField(help_text='None: not confirmed, or ended.', null=True)),
                ('masthead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
            ],
        ),
        migrations.CreateModel(
            name='SearchDigest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('total', models.PositiveIntegerField(help_text='How many hits were new.')),
                ('made_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(help_text='When it was handed on, or was empty.', null=True)),
                ('mailing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='mail.mailing')),
                ('saved', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to='alerts.savedsearch')),
            ],
        ),
        migrations.CreateModel(
            name='SearchHit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('listed', models.BooleanField(help_text='Whether the mail names it, or only counts it.')),
                ('digest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hits', to='alerts.searchdigest')),
                ('saved', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hits', to='alerts.savedsearch')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.story')),
            ],
        ),
        migrations.AddIndex(
            model_name='savedsearch',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='saved_search_due'),
        ),
        migrations.AddIndex(
            model_name='savedsearch',
            index=models.Index(fields=['key_address'], name='saved_search_of_address'),
        ),
        migrations.AddIndex(
            model_name='savedsearch',
            index=models.Index(fields=['person'], name='saved_search_of_person'),
        ),
        migrations.AddConstraint(
            model_name='savedsearch',
            constraint=models.UniqueConstraint(fields=('masthead', 'person', 'key'), name='saved_search_once'),
        ),
        migrations.AddConstraint(
            model_name='savedsearch',
            constraint=models.CheckConstraint(condition=models.Q(('due_at', None), ('confirmed_at__isnull', False), _connector='OR'), name='saved_search_confirmed_first'),
        ),
        migrations.AddIndex(
            model_name='searchdigest',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['id'], name='search_digest_to_hand_on'),
        ),
        migrations.AddConstraint(
            model_name='searchhit',
            constraint=models.UniqueConstraint(fields=('saved', 'story'), name='search_hit_once'),
        ),
    ]
