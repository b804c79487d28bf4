"""Make the tables of standing pages: their versions, who writes them, messages to a title.

Lock:      none on tables that exist.
Takes:     milliseconds: the tables are new and empty.
Old code:  runs unchanged before, during and after.
Undo:      drops the tables with every text and every message in them.
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
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(help_text='Who reads what readers write.', max_length=254)),
                ('by_form', models.BooleanField(default=True, help_text='A form on the page; else the address itself is shown.')),
                ('masthead', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=200)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('text', models.TextField()),
                ('given_at', models.DateTimeField(db_index=True)),
                ('sent_at', models.DateTimeField(help_text="When it went to the masthead's address.", null=True)),
                ('masthead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
            ],
        ),
        migrations.CreateModel(
            name='PageEditor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('masthead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='writes_pages', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'masthead'), name='page_editor_once_a_masthead'), models.UniqueConstraint(condition=models.Q(('masthead', None)), fields=('user',), name='page_editor_once_in_the_network')],
            },
        ),
        migrations.CreateModel(
            name='PageVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('about', 'about'), ('staff', 'staff'), ('contact', 'contact'), ('imprint', 'imprint'), ('privacy', 'privacy'), ('terms', 'terms'), ('rules', 'rules')], max_length=12)),
                ('number', models.PositiveIntegerField(help_text='From 1, without gaps.')),
                ('text', models.TextField(help_text='HTML, cleaned. Blanks stand as [[what is missing]].')),
                ('at', models.DateTimeField(help_text='When it became public, UTC.')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('masthead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('masthead', 'kind', 'number'), name='page_version_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['about', 'staff', 'contact', 'imprint', 'privacy', 'terms', 'rules'])), name='page_kind_known')],
            },
        ),
    ]
