"""Make the table of notices that something is against the law.

Lock:      none on tables that exist.
Takes:     milliseconds: the table is new and empty.
Old code:  runs unchanged before, during and after.
Undo:      drops the table and every notice in it; removals they led to stay.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('discussion', '0002_letters'),
        ('mastheads', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(help_text='What its giver quotes.', max_length=20, unique=True)),
                ('address', models.TextField(help_text='As typed: escape it, never follow it.')),
                ('kind', models.CharField(choices=[('hate', 'hate'), ('threat', 'threat'), ('defamation', 'defamation'), ('privacy', 'privacy'), ('child_abuse', 'child_abuse'), ('property', 'property'), ('fraud', 'fraud'), ('other', 'other')], max_length=11)),
                ('reasons', models.TextField(help_text='As typed.')),
                ('name', models.CharField(blank=True, max_length=200)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('acted', 'acted'), ('kept', 'kept')], max_length=5)),
                ('answer', models.TextField(blank=True, help_text='The reasons, for whoever gave the notice.')),
                ('receipt_sent_at', models.DateTimeField(null=True)),
                ('outcome_sent_at', models.DateTimeField(null=True)),
                ('comment', models.ForeignKey(help_text='The comment its address names; null where it is about something else.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notices', to='discussion.comment')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(help_text='The removal it led to.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notices', to='discussion.decision')),
                ('masthead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mastheads.masthead')),
            ],
            options={
                'indexes': [models.Index(models.F('at'), condition=models.Q(('decided_at', None)), name='notice_open'), models.Index(fields=['masthead', 'at'], name='notice_by_year')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('outcome', '')), ('decided_at__isnull', False), _connector='OR'), name='notice_decided_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['hate', 'threat', 'defamation', 'privacy', 'child_abuse', 'property', 'fraud', 'other'])), name='notice_kind_known')],
            },
        ),
    ]
