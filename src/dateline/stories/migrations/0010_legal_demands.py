"""Legal demands: who demanded that a story is withheld, why, and what readers are told of it.

Lock:      none that readers or writers notice; one new table.
Takes:     no time.
Old code:  runs unchanged, and answers 410 where the new code answers 451.
Undo:      drops what readers are told of the demands; the stories stay withheld.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0009_gallery'),
    ]

    operations = [
        migrations.CreateModel(
            name='LegalDemand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(choices=[('court', 'court'), ('authority', 'authority'), ('reputation', 'reputation'), ('privacy', 'privacy'), ('data', 'data'), ('copyright', 'copyright'), ('other', 'other')], max_length=12)),
                ('demanded_by', models.CharField(blank=True, help_text='Empty where it may not be said.', max_length=200)),
                ('place', models.CharField(blank=True, help_text='Where it holds: Japan.', max_length=120)),
                ('reference', models.CharField(blank=True, help_text='The number of its file.', max_length=120)),
                ('made_on', models.DateField(blank=True, null=True)),
                ('copy_url', models.URLField(blank=True, max_length=500)),
                ('words', models.JSONField(default=dict, help_text='For readers, by BCP 47 tag.')),
                ('told_at', models.DateTimeField(help_text='When readers were first told, UTC.')),
                ('told_by', models.CharField(max_length=160)),
                ('lifted_at', models.DateTimeField(help_text='When the hold was lifted, UTC.', null=True)),
                ('story', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='legal_demands', to='stories.story')),
            ],
            options={
                'indexes': [models.Index(fields=['story', '-id'], name='legal_demand_newest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('story',), name='legal_demand_one_in_force'), models.CheckConstraint(condition=models.Q(('ground__in', ['court', 'authority', 'reputation', 'privacy', 'data', 'copyright', 'other'])), name='legal_demand_ground_known')],
            },
        ),
    ]
