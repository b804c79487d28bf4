"""Columns for what the agency allows, and a table of the orders carried out.

Lock:      short; columns that may be empty, and a new table.
Takes:     no time, whatever the number of stories; SQLite adds the columns without a copy.
Old code:  runs unchanged; it knows nothing of the columns.
Undo:      drops them.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0001_initial'),
        ('wire', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='story',
            name='agency_advisory_at',
            field=models.DateTimeField(editable=False, help_text='Since when the agency says it is for editors only.', null=True),
        ),
        migrations.AddField(
            model_name='story',
            name='agency_item',
            field=models.ForeignKey(editable=False, help_text='The version whose embargo, rights and terms stand, whoever wrote the text.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wire.wireitem'),
        ),
        migrations.AddField(
            model_name='story',
            name='agency_rights_until',
            field=models.DateTimeField(editable=False, help_text="When the agency's rights end; no draft prolongs it.", null=True),
        ),
        migrations.AddField(
            model_name='story',
            name='agency_usage_terms',
            field=models.TextField(editable=False, help_text="The agency's own terms, in its words.", null=True),
        ),
        migrations.CreateModel(
            name='AgencyOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('carried_out_at', models.DateTimeField()),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agency_orders', to='stories.story')),
                ('wire_item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wire.wireitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('story', 'wire_item'), name='agency_order_once')],
            },
        ),
    ]
