"""Note what ESPs tell of mails, and how much of a day's warm-up was taken.

Lock:      the ledger's table, for milliseconds: four columns that may be empty.
Takes:     milliseconds; no row is written anew.
Old code:  runs unchanged before, during and after.
Undo:      drops the columns and tables, and with them what receivers said after a mail had left.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mail', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RefusedEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('esp', models.SlugField(max_length=20)),
                ('why', models.CharField(max_length=300)),
                ('body', models.BinaryField(help_text='As received, up to 64 KB of it.')),
                ('is_proved', models.BooleanField(help_text='Whether it showed that it came from the ESP.')),
                ('received_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='entry',
            name='bounced_at',
            field=models.DateTimeField(help_text='When it came back for good.', null=True),
        ),
        migrations.AddField(
            model_name='entry',
            name='complained_at',
            field=models.DateTimeField(help_text='When its reader called it spam.', null=True),
        ),
        migrations.AddField(
            model_name='entry',
            name='delivered_at',
            field=models.DateTimeField(help_text='When its receiver took it, we hear.', null=True),
        ),
        migrations.AddField(
            model_name='entry',
            name='soft_bounces',
            field=models.PositiveSmallIntegerField(help_text='How often we heard that its receiver put it off; none: never.', null=True),
        ),
        migrations.CreateModel(
            name='RouteEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('esp', models.SlugField(max_length=20)),
                ('key', models.CharField(help_text='SHA-256 of what tells it from all others.', max_length=64)),
                ('kind', models.CharField(max_length=16)),
                ('happened_at', models.DateTimeField(help_text='When it happened, as the ESP says.')),
                ('received_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['received_at'], name='mail_event_received')],
                'constraints': [models.UniqueConstraint(fields=('esp', 'key'), name='mail_event_once')],
            },
        ),
        migrations.CreateModel(
            name='WarmDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(help_text="Route and sender's domain.", max_length=300)),
                ('receiver', models.CharField(blank=True, help_text='Empty: all of them.', max_length=254)),
                ('day', models.DateField(help_text='In the time zone of the network.')),
                ('allowed', models.PositiveIntegerField()),
                ('taken', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('way', 'receiver', 'day'), name='mail_warm_day_once'), models.CheckConstraint(condition=models.Q(('taken__lte', models.F('allowed'))), name='mail_warm_day_within')],
            },
        ),
    ]
