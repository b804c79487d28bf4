"""Keep who steers which block, how strongly a boost lifts, and what was done with each rule.

Lock:      the rules of editors, of which nothing wrote any yet, for milliseconds.
Takes:     milliseconds: two tables are new, the third is empty.
Old code:  runs unchanged before, during and after; it writes no rules.
Undo:      drops the notes, the posts and the strength of boosts; rules stand until their end.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mastheads', '0001_initial'),
        ('stories', '0005_next_embargo'),
        ('trending', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Curator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='RuleNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(choices=[('set', 'set'), ('ended', 'ended'), ('undone', 'undone')], max_length=6)),
                ('became', models.JSONField(help_text='The rule from then on; null: there is none.', null=True)),
                ('was', models.JSONField(help_text='The rule before, for undoing; null: none stood.', null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='editorsrule',
            name='factor',
            field=models.FloatField(default=2.0, help_text="What a boosted story's number is times."),
        ),
        migrations.AddConstraint(
            model_name='editorsrule',
            constraint=models.CheckConstraint(condition=models.Q(('factor__gt', 1), ('factor__lte', 5.0)), name='editors_rule_factor_lifts'),
        ),
        migrations.AddField(
            model_name='curator',
            name='masthead',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead'),
        ),
        migrations.AddField(
            model_name='curator',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steers', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='rulenote',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='rulenote',
            name='masthead',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead'),
        ),
        migrations.AddField(
            model_name='rulenote',
            name='story',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.story'),
        ),
        migrations.AddConstraint(
            model_name='curator',
            constraint=models.UniqueConstraint(fields=('user', 'masthead'), name='curator_once_a_masthead'),
        ),
        migrations.AddConstraint(
            model_name='curator',
            constraint=models.UniqueConstraint(condition=models.Q(('masthead', None)), fields=('user',), name='curator_once_in_the_network'),
        ),
        migrations.AddIndex(
            model_name='rulenote',
            index=models.Index(fields=['masthead', '-id'], name='rule_note_of_masthead'),
        ),
    ]
