"""Make the tables of letters' links: where each leads, who followed it lately, and how many.

Lock:      none on tables that exist.
Takes:     milliseconds: the tables are new and empty.
Old code:  runs unchanged before, during and after.
Undo:      drops the tables; links of letters sent meanwhile then lead nowhere.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mastheads', '0001_initial'),
        ('newsletters', '0002_editions'),
        ('stories', '0005_next_embargo'),
    ]

    operations = [
        migrations.CreateModel(
            name='EditionLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Random; what stands in /l/….', max_length=20, unique=True)),
                ('kind', models.CharField(choices=[('story', 'story'), ('job', 'job'), ('offer', 'offer'), ('online', 'online'), ('archive', 'archive'), ('front', 'front'), ('hidden', 'hidden')], max_length=8)),
                ('path', models.CharField(help_text='Begins with one slash.', max_length=500)),
                ('told', models.CharField(blank=True, help_text='The headline, as it was sent.', max_length=250)),
                ('place', models.PositiveSmallIntegerField(help_text='Where it stands in the letter, from 1.')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='newsletters.edition')),
                ('masthead', models.ForeignKey(help_text='On whose host it leads.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mastheads.masthead')),
                ('story', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.story')),
            ],
        ),
        migrations.CreateModel(
            name='LinkClick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('copy', models.CharField(blank=True, help_text='Tells copies apart; whose one is takes the signing key. Empty: of none.', max_length=22)),
                ('at', models.DateTimeField()),
                ('slice', models.PositiveBigIntegerField(help_text='Which ten seconds since 1970.')),
                ('is_known', models.BooleanField(help_text='That a program did it, by what it said.')),
                ('verdict', models.CharField(blank=True, choices=[('', ''), ('person', 'person'), ('machine', 'machine')], max_length=7)),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clicks', to='newsletters.editionlink')),
            ],
        ),
        migrations.CreateModel(
            name='LinkCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hour', models.DateTimeField(help_text='When it began, UTC.')),
                ('clicks', models.PositiveIntegerField(default=0, help_text='By people.')),
                ('people', models.PositiveIntegerField(default=0, help_text='Copies that followed this link.')),
                ('firsts', models.PositiveIntegerField(default=0, help_text='Copies of which this was the first link of the letter.')),
                ('machines', models.PositiveIntegerField(default=0, help_text='By programs.')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='newsletters.editionlink')),
            ],
        ),
        migrations.AddConstraint(
            model_name='editionlink',
            constraint=models.UniqueConstraint(fields=('edition', 'masthead', 'path', 'kind'), name='edition_link_once'),
        ),
        migrations.AddConstraint(
            model_name='editionlink',
            constraint=models.CheckConstraint(condition=models.Q(('path__startswith', '/'), models.Q(('path__startswith', '//'), _negated=True)), name='edition_link_is_a_path'),
        ),
        migrations.AddIndex(
            model_name='linkclick',
            index=models.Index(condition=models.Q(('verdict', '')), fields=['at'], name='link_click_to_judge'),
        ),
        migrations.AddIndex(
            model_name='linkclick',
            index=models.Index(fields=['at'], name='link_click_oldest'),
        ),
        migrations.AddConstraint(
            model_name='linkclick',
            constraint=models.UniqueConstraint(fields=('link', 'copy', 'slice'), name='link_click_once'),
        ),
        migrations.AddConstraint(
            model_name='linkcount',
            constraint=models.UniqueConstraint(fields=('link', 'hour'), name='link_count_once'),
        ),
    ]
