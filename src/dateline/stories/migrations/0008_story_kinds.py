"""Kinds of stories: live blogs with their entries, series, and blocks that only some kinds use.

Lock:      writers wait while two small indexes on stories are built.
Takes:     seconds for 1,000,000 stories: the columns are empty, and so are the indexes.
Old code:  runs unchanged before, during and after; it shows none of the new kinds well.
Undo:      drops entries, series and their columns; stories keep their text.
"""

import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mastheads', '0001_initial'),
        ('media', '0002_embargo'),
        ('stories', '0007_listed_under'),
        ('wagtailcore', '0098_apitoken'),
        ('wire', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='story',
            name='coverage_ended_at',
            field=models.DateTimeField(editable=False, help_text='Of a live blog: no entry after it, UTC.', null=True),
        ),
        migrations.AddField(
            model_name='story',
            name='coverage_started_at',
            field=models.DateTimeField(editable=False, help_text='Of a live blog: its first entry, UTC.', null=True),
        ),
        migrations.AddField(
            model_name='story',
            name='series_number',
            field=models.PositiveIntegerField(blank=True, help_text='In a numbered series: 30 for week 30.', null=True),
        ),
        # The column is as it was. SQLite would write the whole table again.
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.AlterField(
                model_name='story',
                name='body',
                field=wagtail.fields.StreamField([('text', 0), ('heading', 1), ('picture', 4), ('quote', 7), ('factbox', 10), ('wire', 11), ('saying', 18), ('event', 24), ('paper', 28), ('sender', 29), ('poll', 30)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul', 'superscript', 'subscript', 'h3'], 'template': 'web/blocks/text.html'}), 1: ('wagtail.blocks.CharBlock', (), {'icon': 'title', 'template': 'web/blocks/heading.html'}), 2: ('wagtail.images.blocks.ImageChooserBlock', (), {}), 3: ('wagtail.blocks.CharBlock', (), {'max_length': 400, 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('picture', 2), ('caption', 3)]], {}), 5: ('wagtail.blocks.TextBlock', (), {}), 6: ('wagtail.blocks.CharBlock', (), {'max_length': 160, 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('text', 5), ('speaker', 6)]], {}), 8: ('wagtail.blocks.CharBlock', (), {'max_length': 120}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul', 'superscript', 'subscript', 'h3']}), 10: ('wagtail.blocks.StructBlock', [[('title', 8), ('text', 9)]], {}), 11: ('wagtail.blocks.RawHTMLBlock', (), {'help_text': 'Agency copy with tables or lists the editor above cannot hold.', 'icon': 'doc-full', 'template': 'web/blocks/wire.html'}), 12: ('wagtail.blocks.TextBlock', (), {'help_text': 'Their words, without quotation marks.'}), 13: ('wagtail.blocks.CharBlock', (), {'max_length': 160}), 14: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who they are.', 'max_length': 200, 'required': False}), 15: ('wagtail.blocks.TextBlock', (), {'help_text': 'When, where and to whom.', 'required': False}), 16: ('wagtail.blocks.CharBlock', (), {'max_length': 200, 'required': False}), 17: ('wagtail.blocks.URLBlock', (), {'required': False}), 18: ('wagtail.blocks.StructBlock', [[('text', 12), ('speaker', 13), ('about', 14), ('context', 15), ('source', 16), ('source_url', 17)]], {}), 19: ('wagtail.blocks.DateTimeBlock', (), {}), 20: ('wagtail.blocks.DateTimeBlock', (), {'required': False}), 21: ('wagtail.blocks.CharBlock', (), {'max_length': 300, 'required': False}), 22: ('wagtail.blocks.CharBlock', (), {'help_text': '1,200 yen; or: Free.', 'max_length': 120, 'required': False}), 23: ('wagtail.blocks.BooleanBlock', (), {'required': False}), 24: ('wagtail.blocks.StructBlock', [[('name', 13), ('starts_at', 19), ('ends_at', 20), ('venue', 13), ('address', 21), ('price', 22), ('link', 17), ('cancelled', 23)]], {}), 25: ('wagtail.blocks.DateBlock', (), {'required': False}), 26: ('wagtail.blocks.CharBlock', (), {'max_length': 200}), 27: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link']}), 28: ('wagtail.blocks.StructBlock', [[('paper', 8), ('date', 25), ('headline', 26), ('summary', 27), ('link', 17)]], {}), 29: ('wagtail.blocks.StructBlock', [[('name', 13), ('contact', 16), ('link', 17)]], {}), 30: ('wagtail.snippets.blocks.SnippetChooserBlock', ('polls.Poll',), {'icon': 'check', 'template': 'web/blocks/poll.html'})}),
            ),
        ]),
        migrations.AlterField(
            model_name='story',
            name='kind',
            field=models.CharField(choices=[('article', 'article'), ('wire', 'wire'), ('opinion', 'opinion'), ('press_release', 'press release'), ('live', 'live blog'), ('poll', 'poll'), ('picture', 'picture of the day'), ('quote', 'quote of the day'), ('digest', 'digest of other papers'), ('event', 'event')], default='article', max_length=20),
        ),
        migrations.CreateModel(
            name='LiveEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(help_text='Made with the form: what is sent twice is stored once.', unique=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('headline', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField(blank=True, help_text="As the desk's editor made it. Never shown without markup.clean.")),
                ('by', models.CharField(help_text='Who is named at it.', max_length=160)),
                ('at', models.DateTimeField(help_text='When readers first got it, UTC.')),
                ('changed_at', models.DateTimeField(help_text='When its words last changed, UTC.', null=True)),
                ('key_event', models.BooleanField(default=False)),
                ('pinned', models.BooleanField(default=False)),
                ('note', models.TextField(blank=True, help_text='For readers: what was wrong, what is right.')),
                ('noted_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_reason', models.TextField(blank=True, help_text='Readers see it where the entry stood; empty: they see nothing.')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='live_entries', to='stories.story')),
            ],
        ),
        migrations.CreateModel(
            name='LiveEntryText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('headline', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField(blank=True)),
                ('shown_until', models.DateTimeField()),
                ('changed_by', models.CharField(max_length=160)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='earlier', to='stories.liveentry')),
            ],
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField(max_length=80)),
                ('numbered', models.BooleanField(default=False, help_text='Each story has a number, and they follow each other by it.')),
                ('about', models.TextField(blank=True, help_text='A sentence or two above its stories.')),
                ('masthead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='series', to='mastheads.masthead')),
            ],
            options={
                'verbose_name_plural': 'series',
            },
        ),
        migrations.AddField(
            model_name='story',
            name='series',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='stories', to='stories.series'),
        ),
        migrations.AddIndex(
            model_name='story',
            index=models.Index(condition=models.Q(('coverage_started_at__isnull', False)), fields=['-coverage_started_at', '-id'], name='story_coverage'),
        ),
        migrations.AddIndex(
            model_name='story',
            index=models.Index(condition=models.Q(('series__isnull', False)), fields=['series', 'series_number', 'id'], name='story_series'),
        ),
        migrations.AddIndex(
            model_name='liveentry',
            index=models.Index(fields=['story', '-id'], name='live_entry_newest'),
        ),
        migrations.AddIndex(
            model_name='liveentry',
            index=models.Index(condition=models.Q(('key_event', True)), fields=['story', '-id'], name='live_entry_key_events'),
        ),
        migrations.AddConstraint(
            model_name='liveentry',
            constraint=models.UniqueConstraint(condition=models.Q(('pinned', True)), fields=('story',), name='live_entry_one_pinned'),
        ),
        migrations.AddConstraint(
            model_name='liveentry',
            constraint=models.CheckConstraint(condition=models.Q(('pinned', False), ('withdrawn_at', None), _connector='OR'), name='live_entry_pinned_is_shown'),
        ),
        migrations.AddConstraint(
            model_name='liveentrytext',
            constraint=models.UniqueConstraint(fields=('entry', 'version'), name='live_entry_text_once'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.UniqueConstraint(fields=('masthead', 'slug'), name='series_once_a_masthead'),
        ),
    ]
