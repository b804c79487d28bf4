"""What providers told us: which notices were taken, and which addresses want no mail.

Lock:      none; two new tables.
Takes:     less than a second.
Old code:  does not read them.
Undo:      drops the tables; a notice of the last day could be taken twice.
If it dies half-way: run again; it is one transaction.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_own_data'),
    ]

    operations = [
        migrations.CreateModel(
            name='MailStop',
            fields=[
                ('address', models.EmailField(help_text='In lower case.', max_length=254, primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ProviderNotice',
            fields=[
                ('fingerprint', models.CharField(help_text='SHA-256 of it.', max_length=64, primary_key=True, serialize=False)),
                ('provider', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=20)),
                ('received_at', models.DateTimeField(db_index=True)),
            ],
        ),
    ]
