"""Make room for ranked lists, and for what editors decide about them.

Lock:      none: the tables are new.
Takes:     milliseconds.
Old code:  runs unchanged before, during and after; it ranks nothing.
Undo:      drops both tables; blocks show the newest stories of the sister sites again.
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
            name='EditorsRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('pin', 'pin'), ('boost', 'boost'), ('ban', 'ban')], max_length=5)),
                ('slot', models.PositiveSmallIntegerField(default=1, help_text='Where a pinned story stands.')),
                ('until', models.DateTimeField(help_text='It ends by itself then, UTC.')),
                ('reason', models.CharField(max_length=200)),
                ('at', models.DateTimeField(help_text='When it was decided, UTC.')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('masthead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.story')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('masthead', 'story'), name='editors_rule_one_for_a_story'), models.CheckConstraint(condition=models.Q(('kind__in', ['pin', 'boost', 'ban'])), name='editors_rule_kind_known'), models.CheckConstraint(condition=models.Q(('slot__gte', 1), ('slot__lte', 12)), name='editors_rule_slot_in_block')],
            },
        ),
        migrations.CreateModel(
            name='RankedList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('block', 'block'), ('read', 'read'), ('rising', 'rising')], max_length=6)),
                ('items', models.JSONField(default=list, help_text='Fields of domain.rank.Listed, best first. Ask the gate for each.')),
                ('made_at', models.DateTimeField(help_text='When its stories or their order changed, UTC.')),
                ('masthead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('masthead', 'kind'), name='ranked_list_once')],
            },
        ),
    ]
