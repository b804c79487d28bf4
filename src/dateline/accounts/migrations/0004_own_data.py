"""What readers ask for: a copy of their data, the end of their account, and the proof of it.

Lock:      none; one new table.
Takes:     less than a second.
Old code:  does not read it.
Undo:      drops the table; the proofs are lost.
If it dies half-way: run again; it is one transaction.
"""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_confirmed_addresses'),
    ]

    operations = [
        migrations.CreateModel(
            name='DataRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('copy', 'copy'), ('deletion', 'deletion')], max_length=8)),
                ('choice', models.CharField(blank=True, help_text='What becomes of what they wrote: erase or anonymous.', max_length=9)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(help_text='Promised by then.')),
                ('done_at', models.DateTimeField(null=True)),
                ('content', models.TextField(blank=True, help_text='The copy, JSON; emptied after seven days.')),
                ('proof', models.JSONField(default=dict, help_text='How many of what were removed.')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='data_requests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('choice', ''), ('kind', 'copy')), models.Q(('choice__in', ('erase', 'anonymous')), ('kind', 'deletion')), _connector='OR'), name='data_request_says_what')],
            },
        ),
    ]
