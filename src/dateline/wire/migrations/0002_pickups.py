"""Places from which agency files are fetched, and how far we have come there.

Lock:      none of a table that is in use; the table is new.
Takes:     milliseconds.
Old code:  runs unchanged before and after; it fetches nothing.
Undo:      drops the table, and with it how far we had come: everything is fetched once more.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('wire', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Pickup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('feed', 'feed'), ('pages', 'pages'), ('sftp', 'sftp'), ('s3', 's3'), ('imap', 'imap')], max_length=5)),
                ('address', models.CharField(help_text='Without a name and a password.', max_length=500)),
                ('user', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('sealed', models.TextField(blank=True, help_text='The password, key or token, sealed.')),
                ('options', models.JSONField(default=dict, help_text='What only this kind of place needs.')),
                ('every_s', models.PositiveIntegerField(default=60, help_text='Seconds from visit to visit.')),
                ('active', models.BooleanField(default=True)),
                ('cursor', models.JSONField(default=dict, help_text='What we have; saved when it is safe.')),
                ('due_at', models.DateTimeField(help_text='When it is visited next, UTC.')),
                ('leased_until', models.DateTimeField(help_text='A process is there until then, UTC.', null=True)),
                ('visited_at', models.DateTimeField(help_text='The last visit without trouble, UTC.', null=True)),
                ('came_at', models.DateTimeField(help_text='When something last came from it, UTC.', null=True)),
                ('failures', models.PositiveIntegerField(default=0, help_text='Visits in a row that failed.')),
                ('problem', models.TextField(blank=True, help_text='What an editor should know, now.')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pickups', to='wire.provider')),
            ],
            options={
                'indexes': [models.Index(fields=['due_at'], name='pickup_due')],
                'constraints': [models.UniqueConstraint(fields=('provider', 'kind', 'address', 'user'), name='pickup_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['feed', 'pages', 'sftp', 's3', 'imap'])), name='pickup_kind_known')],
            },
        ),
    ]
