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
            name='ListImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='What the file was called.', max_length=120)),
                ('stated', models.TextField(help_text="Where and how consent was given, in the editor's words.")),
                ('consented_at', models.DateTimeField(help_text='When, of lines that say none.')),
                ('state', models.CharField(choices=[('loading', 'loading'), ('waiting', 'waiting'), ('reading', 'reading'), ('done', 'done'), ('stopped', 'stopped')], default='waiting', max_length=7)),
                ('columns', models.JSONField(default=list, help_text='What the columns are, once it is known.')),
                ('size', models.PositiveBigIntegerField(help_text='Bytes.')),
                ('read', models.PositiveBigIntegerField(default=0, help_text='Bytes done: it goes on from here.')),
                ('lines', models.PositiveIntegerField(default=0, help_text='Lines done, the first among them.')),
                ('taken', models.PositiveIntegerField(default=0)),
                ('known', models.PositiveIntegerField(default=0, help_text='On the list already.')),
                ('withheld', models.PositiveIntegerField(default=0, help_text='Left, or not to be written to.')),
                ('refused', models.PositiveIntegerField(default=0)),
                ('told', models.CharField(blank=True, help_text='Why it stopped.', max_length=300)),
                ('asked_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('newsletter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='newsletters.newsletter')),
            ],
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
                ('told_at', models.DateTimeField(help_text='The last mail that says they are on the list already.', null=True)),
                ('created_at', models.DateTimeField()),
                ('reader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='AddressChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(help_text='The new one.', max_length=254)),
                ('key', models.CharField(help_text='The new one in lower case.', max_length=254)),
                ('asked_at', models.DateTimeField()),
                ('old_said_at', models.DateTimeField(null=True)),
                ('new_said_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('subscriber', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='address_changes', to='newsletters.subscriber')),
            ],
        ),
        migrations.CreateModel(
            name='ListEditor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('masthead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'masthead'), name='list_editor_once'), models.UniqueConstraint(condition=models.Q(('masthead', None)), fields=('user',), name='list_editor_once_in_the_network')],
            },
        ),
        migrations.CreateModel(
            name='ImportPiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveBigIntegerField(help_text='Which byte of the file comes first in it.')),
                ('data', models.BinaryField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='newsletters.listimport')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('file', 'start'), name='import_piece_once')],
            },
        ),
        migrations.CreateModel(
            name='ImportLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text="From 1, as an editor's program counts.")),
                ('verdict', models.CharField(choices=[('refused', 'refused'), ('withheld', 'withheld'), ('known', 'known')], max_length=8)),
                ('why', models.CharField(max_length=400)),
                ('text', models.CharField(help_text='The line as it came, cut.', max_length=500)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='left_out', to='newsletters.listimport')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('file', 'number'), name='import_line_once')],
            },
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
