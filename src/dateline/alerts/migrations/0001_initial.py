"""Make the tables of alerts: followers, what they follow, alerts, the ledger, the key, drills.

Lock:      none on tables that exist.
Takes:     milliseconds: the tables are new and empty.
Old code:  runs unchanged before, during and after.
Undo:      drops the tables, every subscription and the key that they hold for.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('mastheads', '0001_initial'),
        ('stories', '0005_next_embargo'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Drill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(unique=True)),
                ('came_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='PushKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public', models.BinaryField(help_text='An uncompressed point of P-256.', max_length=65)),
                ('sealed', models.TextField(help_text='The private number, sealed with the signing key.')),
                ('made_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(help_text='Of the form it came from: sent once.', unique=True)),
                ('alert_class', models.CharField(choices=[('breaking', 'breaking'), ('topic', 'topic'), ('story', 'story')], max_length=8)),
                ('text', models.CharField(max_length=120)),
                ('change', models.CharField(blank=True, choices=[('replaces', 'replaces'), ('withdraws', 'withdraws')], max_length=9)),
                ('state', models.CharField(choices=[('asking', 'asking'), ('ready', 'ready'), ('sending', 'sending'), ('done', 'done'), ('lapsed', 'lapsed'), ('withdrawn', 'withdrawn')], max_length=9)),
                ('made_at', models.DateTimeField()),
                ('asks_until', models.DateTimeField(help_text='When it lapses unless confirmed.', null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('purged_at', models.DateTimeField(help_text='When no cache had an old page any more.', null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('why', models.CharField(blank=True, help_text='Why it was withdrawn.', max_length=300)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('instead_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='later', to='alerts.alert')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('masthead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mastheads.masthead')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stories.story')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.topic')),
            ],
        ),
        migrations.CreateModel(
            name='Alerter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('masthead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Follower',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('push', 'push')], max_length=4)),
                ('key', models.CharField(help_text='SHA-256 of the endpoint.', max_length=64, unique=True)),
                ('endpoint', models.CharField(blank=True, help_text='Empty once it has left.', max_length=1000)),
                ('p256dh', models.BinaryField(help_text="The browser's public key, RFC 8291.", max_length=65)),
                ('auth', models.BinaryField(help_text='Its authentication secret.', max_length=16)),
                ('language', models.CharField(max_length=10)),
                ('time_zone', models.CharField(max_length=63)),
                ('breaking', models.BooleanField(default=True)),
                ('quiet_from', models.PositiveSmallIntegerField(help_text='Minutes since midnight.', null=True)),
                ('quiet_to', models.PositiveSmallIntegerField(null=True)),
                ('cap_breaking', models.PositiveSmallIntegerField(default=5)),
                ('cap_topic', models.PositiveSmallIntegerField(default=4)),
                ('cap_story', models.PositiveSmallIntegerField(default=6)),
                ('paused_until', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(help_text='When its browser last said that it is there.')),
                ('left_at', models.DateTimeField(null=True)),
                ('left_why', models.CharField(blank=True, max_length=40)),
                ('masthead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
            ],
        ),
        migrations.CreateModel(
            name='Following',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followings', to='alerts.follower')),
                ('story', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.story')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.topic')),
            ],
        ),
        migrations.CreateModel(
            name='Push',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fate', models.CharField(choices=[('waiting', 'waiting'), ('sent', 'sent'), ('gone', 'gone'), ('failed', 'failed'), ('held', 'held'), ('stopped', 'stopped')], default='waiting', max_length=7)),
                ('why', models.CharField(blank=True, help_text='quiet, cap, or what it answered.', max_length=20)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(help_text='Not before; none: at once.', null=True)),
                ('at', models.DateTimeField(help_text='When its fate was settled.', null=True)),
                ('digest_at', models.DateTimeField(help_text='When a digest took what was held.', null=True)),
                ('alert', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pushes', to='alerts.alert')),
                ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pushes', to='alerts.follower')),
            ],
        ),
        migrations.AddIndex(
            model_name='alert',
            index=models.Index(fields=['masthead', '-id'], name='alert_of_title'),
        ),
        migrations.AddIndex(
            model_name='alert',
            index=models.Index(condition=models.Q(('state__in', ['asking', 'ready', 'sending'])), fields=['state'], name='alert_under_way'),
        ),
        migrations.AddConstraint(
            model_name='alerter',
            constraint=models.UniqueConstraint(fields=('user', 'masthead'), name='alerter_once_a_masthead'),
        ),
        migrations.AddConstraint(
            model_name='alerter',
            constraint=models.UniqueConstraint(condition=models.Q(('masthead', None)), fields=('user',), name='alerter_once_in_the_network'),
        ),
        migrations.AddIndex(
            model_name='follower',
            index=models.Index(condition=models.Q(('left_at', None)), fields=['masthead', 'id'], name='follower_of_title'),
        ),
        migrations.AddConstraint(
            model_name='follower',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quiet_from', None), ('quiet_to', None)), models.Q(('quiet_from__lt', 1440), ('quiet_to__lt', 1440)), _connector='OR'), name='follower_quiet_in_a_day'),
        ),
        migrations.AddConstraint(
            model_name='follower',
            constraint=models.CheckConstraint(condition=models.Q(('cap_breaking__lte', 20), ('cap_story__lte', 20), ('cap_topic__lte', 20)), name='follower_caps_in_bounds'),
        ),
        migrations.AddConstraint(
            model_name='following',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('story__isnull', False), ('topic', None)), models.Q(('story', None), ('topic__isnull', False)), _connector='OR'), name='following_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='following',
            constraint=models.UniqueConstraint(condition=models.Q(('story', None)), fields=('follower', 'topic'), name='following_topic_once'),
        ),
        migrations.AddConstraint(
            model_name='following',
            constraint=models.UniqueConstraint(condition=models.Q(('topic', None)), fields=('follower', 'story'), name='following_story_once'),
        ),
        migrations.AddIndex(
            model_name='push',
            index=models.Index(condition=models.Q(('fate', 'waiting')), fields=['alert', 'id'], name='push_waiting'),
        ),
        migrations.AddIndex(
            model_name='push',
            index=models.Index(condition=models.Q(('fate', 'sent')), fields=['follower', 'at'], name='push_had'),
        ),
        migrations.AddIndex(
            model_name='push',
            index=models.Index(condition=models.Q(('digest_at', None), ('fate', 'held')), fields=['follower'], name='push_held'),
        ),
        migrations.AddConstraint(
            model_name='push',
            constraint=models.UniqueConstraint(fields=('alert', 'follower'), name='push_once'),
        ),
    ]
