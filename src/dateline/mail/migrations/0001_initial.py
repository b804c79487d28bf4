"""Make the tables of mail: whom not to write to, the ledger of mailings.

Lock:      none on tables that exist.
Takes:     milliseconds: the tables are new and empty.
Old code:  runs unchanged before, during and after.
Undo:      drops the tables, every suppression and every proof of what was sent.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Mailing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_key', models.CharField(help_text='What it is: `newsletters.edition:12`. The same is never sent twice.', max_length=80, unique=True)),
                ('scope', models.CharField(help_text='Whose suppressions hold it: `newsletter:3`.', max_length=60)),
                ('state', models.CharField(choices=[('freezing', 'freezing'), ('ready', 'ready'), ('sending', 'sending'), ('paused', 'paused'), ('stopped', 'stopped'), ('done', 'done')], default='freezing', max_length=8)),
                ('route', models.CharField(default='smtp', help_text='By which way it leaves.', max_length=40)),
                ('envelope_from', models.CharField(help_text='Where bounces go.', max_length=254)),
                ('created_at', models.DateTimeField()),
                ('touched_at', models.DateTimeField(help_text='When its freezing last went on.')),
                ('why', models.CharField(blank=True, help_text='Why it was stopped.', max_length=300)),
                ('started_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Suppression',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='The address in lower case.', max_length=254)),
                ('address', models.CharField(max_length=254)),
                ('scope', models.CharField(blank=True, help_text='Which mail: `newsletter:3`, `answers`; empty: all.', max_length=60)),
                ('reason', models.CharField(choices=[('bounce', 'bounce'), ('complaint', 'complaint'), ('request', 'request')], max_length=9)),
                ('told', models.CharField(blank=True, help_text='What the receiver said.', max_length=300)),
                ('source', models.CharField(help_text='Who or what says so.', max_length=120)),
                ('at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_by', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('key', 'scope'), name='suppressed_once')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='From 1, without a gap: leases are ranges.')),
                ('address', models.CharField(max_length=254)),
                ('key', models.CharField(help_text='The address in lower case.', max_length=254)),
                ('person', models.PositiveBigIntegerField(help_text='Who it is in the room that sends.')),
                ('copy', models.PositiveSmallIntegerField(help_text='Which text they get.')),
                ('fields', models.JSONField(default=dict, help_text='What differs in theirs.')),
                ('due_at', models.DateTimeField(help_text='Not before; none: at once.', null=True)),
                ('fate', models.CharField(choices=[('waiting', 'waiting'), ('sent', 'sent'), ('refused', 'refused'), ('withheld', 'withheld'), ('stopped', 'stopped'), ('unknown', 'unknown')], default='waiting', max_length=8)),
                ('tries', models.PositiveSmallIntegerField(default=0, help_text='How often it heard: later.')),
                ('told', models.CharField(blank=True, help_text='What the server answered.', max_length=300)),
                ('settled_at', models.DateTimeField(null=True)),
                ('mailing', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='mail.mailing')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('fate', 'unknown')), fields=['mailing'], name='mail_entry_unknown')],
                'constraints': [models.UniqueConstraint(fields=('mailing', 'number'), name='mail_entry_number_once'), models.UniqueConstraint(fields=('mailing', 'key'), name='mail_entry_reader_once')],
            },
        ),
        migrations.CreateModel(
            name='MailingCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('segments', models.BinaryField(help_text='What `mail.domain.copies` made of it.')),
                ('mailing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copies', to='mail.mailing')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('mailing', 'number'), name='mail_copy_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Stretch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.PositiveIntegerField(help_text='Number of its first entry.')),
                ('last', models.PositiveIntegerField(help_text='Number of its last entry, itself within.')),
                ('next_at', models.DateTimeField(help_text='When one is due; none: all are settled.', null=True)),
                ('holder', models.CharField(blank=True, help_text='Journal of who has it now.', max_length=120)),
                ('held_since', models.DateTimeField(null=True)),
                ('sent', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('withheld', models.PositiveIntegerField(default=0)),
                ('stopped', models.PositiveIntegerField(default=0)),
                ('unknown', models.PositiveIntegerField(default=0)),
                ('mailing', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='stretches', to='mail.mailing')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='mail_stretch_due')],
                'constraints': [models.UniqueConstraint(fields=('mailing', 'first'), name='mail_stretch_once')],
            },
        ),
    ]
