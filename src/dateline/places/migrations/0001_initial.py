"""Make the table of places: what a title describes for whoever goes there.

Lock:      none on tables that exist.
Takes:     milliseconds: the table is new and empty.
Old code:  runs unchanged before, during and after.
Undo:      drops the table and every place in it.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('mastheads', '0001_initial'),
        ('media', '0002_embargo'),
        ('stories', '0005_next_embargo'),
    ]

    operations = [
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('slug', models.SlugField(max_length=80)),
                ('region', models.CharField(max_length=80)),
                ('text', models.TextField(help_text='A few sentences, paragraphs apart by an empty line.')),
                ('access', models.CharField(blank=True, help_text='How one gets there.', max_length=200)),
                ('season', models.CharField(blank=True, help_text='When to go.', max_length=200)),
                ('latitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True)),
                ('longitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True)),
                ('masthead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='mastheads.masthead')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='media.picture')),
                ('topic', models.ForeignKey(blank=True, help_text='Stories about it are listed on the page.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.topic')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('masthead', 'slug'), name='place_once_a_masthead'), models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__gte', -90), ('latitude__isnull', False), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__isnull', False), ('longitude__lte', 180)), _connector='OR'), name='place_on_the_globe')],
            },
        ),
    ]
