"""Alerts by mail: addresses and paces of followers, mailings of alerts, digests; refusals.

Lock:      the three tables of alerts, for as long as a column is added.
Takes:     milliseconds: the columns are empty or have a default; the indexes are of new rows only.
Old code:  runs unchanged before and after; it sends nothing to followers by mail.
Undo:      drops the columns, and with them every address that gets alerts.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('alerts', '0001_initial'),
        ('mail', '0001_initial'),
        ('mastheads', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MailDigest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(help_text='When it was handed on, or was empty.', null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PushRefusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(max_length=200)),
                ('status', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(help_text='When it last did so.')),
            ],
        ),
        migrations.AddField(
            model_name='alert',
            name='mail_asked_at',
            field=models.DateTimeField(help_text='Of one that changes another: when somebody asked for mail too.', null=True),
        ),
        migrations.AddField(
            model_name='alert',
            name='mailing',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='mail.mailing'),
        ),
        migrations.AddField(
            model_name='follower',
            name='address',
            field=models.CharField(blank=True, help_text='By mail; empty as above.', max_length=254),
        ),
        migrations.AddField(
            model_name='follower',
            name='key_address',
            field=models.CharField(blank=True, help_text='In lower case.', max_length=254),
        ),
        migrations.AddField(
            model_name='follower',
            name='pace_breaking',
            field=models.CharField(choices=[('instant', 'instant'), ('hourly', 'hourly'), ('daily', 'daily')], default='instant', max_length=7),
        ),
        migrations.AddField(
            model_name='follower',
            name='pace_story',
            field=models.CharField(choices=[('instant', 'instant'), ('hourly', 'hourly'), ('daily', 'daily')], default='instant', max_length=7),
        ),
        migrations.AddField(
            model_name='follower',
            name='pace_topic',
            field=models.CharField(choices=[('instant', 'instant'), ('hourly', 'hourly'), ('daily', 'daily')], default='instant', max_length=7),
        ),
        migrations.AddField(
            model_name='follower',
            name='person',
            field=models.PositiveBigIntegerField(help_text='By mail: which subscriber of the newsletters it is.', null=True),
        ),
        migrations.AddField(
            model_name='follower',
            name='refused_since',
            field=models.DateTimeField(help_text='Since when its push service calls pushes to it malformed.', null=True),
        ),
        migrations.AlterField(
            model_name='follower',
            name='key',
            field=models.CharField(help_text='SHA-256 of where it is.', max_length=64, unique=True),
        ),
        migrations.AlterField(
            model_name='follower',
            name='way',
            field=models.CharField(choices=[('push', 'push'), ('mail', 'mail')], max_length=4),
        ),
        migrations.AlterField(
            model_name='push',
            name='fate',
            field=models.CharField(choices=[('waiting', 'waiting'), ('chosen', 'chosen'), ('sent', 'sent'), ('gone', 'gone'), ('failed', 'failed'), ('held', 'held'), ('stopped', 'stopped')], default='waiting', max_length=7),
        ),
        migrations.AddIndex(
            model_name='follower',
            index=models.Index(condition=models.Q(('left_at', None), ('way', 'mail')), fields=['key_address'], name='follower_of_address'),
        ),
        migrations.AddConstraint(
            model_name='follower',
            constraint=models.UniqueConstraint(condition=models.Q(('way', 'mail')), fields=('masthead', 'person'), name='follower_by_mail_once'),
        ),
        migrations.AddField(
            model_name='maildigest',
            name='mailing',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='mail.mailing'),
        ),
        migrations.AddField(
            model_name='maildigest',
            name='masthead',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mastheads.masthead'),
        ),
        migrations.AddField(
            model_name='push',
            name='digest',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pushes', to='alerts.maildigest'),
        ),
        migrations.AddConstraint(
            model_name='pushrefusal',
            constraint=models.UniqueConstraint(fields=('origin', 'status'), name='push_refusal_once'),
        ),
        migrations.AddIndex(
            model_name='maildigest',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['id'], name='digest_to_hand_on'),
        ),
    ]
