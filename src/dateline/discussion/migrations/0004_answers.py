"""Make the tables of mail about answers: who wants it, and what each reader is told.

Lock:      none on tables that exist.
Takes:     milliseconds: the tables are new and empty.
Old code:  runs unchanged before, during and after.
Undo:      drops both tables; what readers chose is lost, and nobody is told of answers.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_provider_notices'),
        ('discussion', '0003_notices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerChoice',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('pace', models.CharField(choices=[('never', 'never'), ('soon', 'soon'), ('hourly', 'hourly'), ('daily', 'daily')], max_length=6)),
                ('at', models.DateTimeField(help_text='When they chose it, UTC: the proof of their wish.')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pace__in', ['never', 'soon', 'hourly', 'daily'])), name='answer_pace_known')],
            },
        ),
        migrations.CreateModel(
            name='AnswerNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('answer', 'answer'), ('followed', 'followed')], max_length=8)),
                ('due_at', models.DateTimeField(help_text='Not before this moment, UTC.')),
                ('mail', models.UUIDField(help_text='The mail that tells it, once that is begun.', null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0, help_text='How often that mail failed.')),
                ('leased_until', models.DateTimeField(help_text='A process is sending that mail until then, UTC.', null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='discussion.comment')),
                ('reader', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('sent_at', None)), fields=['due_at'], name='answer_note_due'), models.Index(condition=models.Q(('sent_at__isnull', False)), fields=['reader', 'sent_at'], name='answer_note_last')],
                'constraints': [models.UniqueConstraint(fields=('reader', 'comment'), name='answer_note_once')],
            },
        ),
    ]
