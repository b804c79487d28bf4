"""Readers: names, log-ins of the network, what people agreed to, rate limits.

Lock:      four new columns and a unique index on people, which are few hundreds before readers come.
Takes:     less than a second.
Old code:  runs unchanged before, during and after.
Undo:      drops the tables; names, memberships and wishes are lost.
If it dies half-way: run again; it is one transaction.
"""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('mastheads', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AlertWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(help_text='The address that the invitation was sent to.', max_length=254)),
                ('invited_at', models.DateTimeField()),
                ('shown', models.TextField(help_text='The words the reader agreed to, as shown.')),
                ('wished_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('code', models.CharField(help_text='SHA-256 of the code.', max_length=64, primary_key=True, serialize=False)),
                ('to', models.CharField(help_text='Slug of the masthead, or `:desk`.', max_length=60)),
                ('path', models.CharField(max_length=2000)),
                ('nonce', models.CharField(help_text="SHA-256 of the browser's cookie there.", max_length=64)),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('used_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='LimitEntry',
            fields=[
                ('cache_key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                ('value', models.TextField()),
                ('expires', models.DateTimeField(db_index=True)),
            ],
            options={
                'db_table': 'accounts_limitentry',
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('joined_at', models.DateTimeField()),
                ('shown', models.TextField(help_text='The words the reader agreed to, as shown.')),
            ],
        ),
        migrations.CreateModel(
            name='NetworkLogin',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('began_at', models.DateTimeField()),
                ('address', models.GenericIPAddressField(null=True)),
                ('agent', models.CharField(help_text='User-Agent, cut to 200 characters.', max_length=200)),
                ('auth_hash', models.CharField(help_text='Fingerprint of the password then; another one ends the log-in.', max_length=64)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='user',
            name='display_name',
            field=models.CharField(blank=True, help_text='What other readers see; none yet if null.', max_length=30, null=True),
        ),
        migrations.AddField(
            model_name='user',
            name='display_name_at',
            field=models.DateTimeField(editable=False, help_text='When the name was last changed, UTC.', null=True),
        ),
        migrations.AddField(
            model_name='user',
            name='display_name_folded',
            field=models.CharField(editable=False, help_text='What the name looks like.', max_length=60, null=True),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(fields=('display_name_folded',), name='user_look_of_name_once'),
        ),
        migrations.AddField(
            model_name='alertwish',
            name='masthead',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead'),
        ),
        migrations.AddField(
            model_name='alertwish',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alert_wishes', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='membership',
            name='masthead',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead'),
        ),
        migrations.AddField(
            model_name='membership',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='networklogin',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='logins', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='login',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='accounts.networklogin'),
        ),
        migrations.AddConstraint(
            model_name='alertwish',
            constraint=models.UniqueConstraint(fields=('user', 'masthead'), name='alert_wish_once'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('user', 'masthead'), name='membership_once'),
        ),
        migrations.AddIndex(
            model_name='networklogin',
            index=models.Index(fields=['user', 'ended_at'], name='login_of_user'),
        ),
    ]
