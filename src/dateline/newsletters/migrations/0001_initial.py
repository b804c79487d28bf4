"""Make the tables of newsletters: lists, subscribers, where they stand, proofs of consent.

Lock:      none on tables that exist.
Takes:     milliseconds: the tables are new and empty.
Old code:  runs unchanged before, during and after.
Undo:      drops the tables, every list and every consent in them.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('mastheads', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('asked', 'asked'), ('confirmed', 'confirmed'), ('wished', 'wished'), ('imported', 'imported'), ('changed', 'changed'), ('ended', 'ended'), ('forgotten', 'forgotten')], max_length=9)),
                ('key', models.CharField(db_index=True, help_text='The address in lower case.', max_length=254)),
                ('list_slug', models.CharField(max_length=60)),
                ('shown', models.TextField(help_text='The words that stood there.')),
                ('where', models.CharField(help_text='Address of the page, file, or API.', max_length=300)),
                ('from_hash', models.CharField(blank=True, help_text='Network address, hashed.', max_length=64)),
                ('by', models.CharField(blank=True, help_text='Who, where it was not the reader.', max_length=120)),
                ('proof', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['list_slug', 'at'], name='consent_by_list')],
            },
        ),
        migrations.CreateModel(
            name='Newsletter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('kind', models.CharField(choices=[('editions', 'editions'), ('alerts', 'alerts')], default='editions', max_length=8)),
                ('name', models.CharField(max_length=80)),
                ('about', models.CharField(help_text='What readers get, in one sentence.', max_length=300)),
                ('rhythm', models.CharField(help_text='When it comes: “Weekdays at 7”.', max_length=60)),
                ('language', models.CharField(max_length=10)),
                ('time_zone', models.CharField(help_text='Of whoever told none.', max_length=63)),
                ('sender_name', models.CharField(max_length=80)),
                ('sender_address', models.EmailField(max_length=254)),
                ('reply_to', models.EmailField(blank=True, max_length=254)),
                ('welcome', models.TextField(blank=True, help_text='What the welcome mail says; plain text.')),
                ('is_open', models.BooleanField(default=True, help_text='Whether readers may sign up.')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('masthead', models.ForeignKey(blank=True, help_text="None: it is the network's, and stands on every title of its language.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mastheads.masthead')),
            ],
            options={
                'ordering': ['order', 'name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Subscriber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='The address in lower case.', max_length=254, unique=True)),
                ('address', models.CharField(max_length=254)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('time_zone', models.CharField(blank=True, max_length=63)),
                ('turn', models.PositiveIntegerField(default=0, help_text='In every link of theirs; one more makes all older links void.')),
                ('created_at', models.DateTimeField()),
                ('reader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('standing', models.CharField(choices=[('asked', 'asked'), ('confirmed', 'confirmed'), ('ended', 'ended')], max_length=9)),
                ('asked_at', models.DateTimeField(null=True)),
                ('mailed_at', models.DateTimeField(help_text='The last mail that asks to confirm.', null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_why', models.CharField(blank=True, choices=[('request', 'request'), ('bounce', 'bounce'), ('complaint', 'complaint'), ('editor', 'editor'), ('account', 'account')], max_length=9)),
                ('newsletter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subscriptions', to='newsletters.newsletter')),
                ('subscriber', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='newsletters.subscriber')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('standing', 'confirmed')), fields=['newsletter', 'subscriber'], name='on_the_list')],
                'constraints': [models.UniqueConstraint(fields=('newsletter', 'subscriber'), name='subscribed_once')],
            },
        ),
    ]
