"""Make the tables of editions: recipes, and editions with what each carried.

Lock:      none on tables that exist.
Takes:     milliseconds: the tables are new and empty.
Old code:  runs unchanged before, during and after.
Undo:      drops the tables, every recipe and every edition in them.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mail', '0001_initial'),
        ('mastheads', '0001_initial'),
        ('newsletters', '0001_initial'),
        ('stories', '0005_next_embargo'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='From 1, in each list.')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked'), ('scheduled', 'scheduled'), ('sending', 'sending'), ('sent', 'sent'), ('stopped', 'stopped')], default='draft', max_length=9)),
                ('subject', models.CharField(max_length=120)),
                ('preheader', models.CharField(blank=True, max_length=140)),
                ('content', models.JSONField(default=dict, help_text='What `domain.editions.Content` wrote.')),
                ('day', models.DateField(help_text='The day of its rhythm; none: made by hand.', null=True)),
                ('leaves_on', models.DateField(help_text='The day on which it is sent.', null=True)),
                ('wall', models.TimeField(help_text="When it is due, on the list's clock or readers'.", null=True)),
                ('each_zone', models.BooleanField(default=False)),
                ('due_at', models.DateTimeField(help_text='When its first mail leaves, UTC.', null=True)),
                ('made_at', models.DateTimeField()),
                ('checked', models.JSONField(default=list, help_text='What preflight found last.')),
                ('checked_at', models.DateTimeField(null=True)),
                ('copies', models.JSONField(default=list, help_text='Language and blocks of each text sent.')),
                ('public_at', models.DateTimeField(help_text='When the archive began to show it.', null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_why', models.CharField(blank=True, max_length=200)),
                ('mailing', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mail.mailing')),
                ('newsletter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='newsletters.newsletter')),
            ],
        ),
        migrations.CreateModel(
            name='Carried',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.story')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='carried', to='newsletters.edition')),
            ],
        ),
        migrations.CreateModel(
            name='EditionNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=20)),
                ('told', models.CharField(blank=True, max_length=200)),
                ('before', models.JSONField(help_text='Subject, preheader and content, to undo.', null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(help_text='Null: the clock, or an account that is gone.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='newsletters.edition')),
            ],
        ),
        migrations.CreateModel(
            name='Recipe',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(blank=True, help_text='With {headline}, {date}, {number}, {list}; empty: the first headline.', max_length=120)),
                ('preheader', models.CharField(blank=True, help_text='As the subject.', max_length=140)),
                ('days', models.CharField(blank=True, help_text='0 is Monday: `01234`.', max_length=7)),
                ('time', models.TimeField(help_text="On the list's clock, or on each reader's.")),
                ('each_zone', models.BooleanField(default=False, help_text='Whether each reader gets it at that time by their own clock.')),
                ('lead_minutes', models.PositiveSmallIntegerField(default=60, help_text='How long before it is due its draft is made.')),
                ('by_itself', models.BooleanField(default=False, help_text='Whether it is sent without a person, where preflight passes.')),
                ('fresh_hours', models.PositiveSmallIntegerField(default=36, help_text='How old a story may be; 0: any age.')),
                ('active', models.BooleanField(default=True)),
                ('started_at', models.DateTimeField(help_text='Days due before are not made, UTC.')),
                ('newsletter', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='recipe', to='newsletters.newsletter')),
            ],
        ),
        migrations.CreateModel(
            name='RecipeBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('section', 'section'), ('topic', 'topic'), ('trending', 'trending'), ('picks', 'picks'), ('text', 'text'), ('offer', 'offer'), ('jobs', 'jobs')], max_length=8)),
                ('title', models.CharField(blank=True, max_length=80)),
                ('about', models.CharField(blank=True, help_text='Slug of a section or topic.', max_length=80)),
                ('count', models.PositiveSmallIntegerField(default=3)),
                ('text', models.TextField(blank=True, help_text='Plain text, for a block of text.')),
                ('only_for', models.CharField(blank=True, help_text='`language:ja` or `zone:Asia/Tokyo`; empty: all.', max_length=40)),
                ('masthead', models.ForeignKey(blank=True, help_text="Whose stories; none: the list's own.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mastheads.masthead')),
                ('recipe', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='newsletters.recipe')),
            ],
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(condition=models.Q(('public_at__isnull', False)), fields=['newsletter', '-number'], name='edition_in_the_archive'),
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(condition=models.Q(('state__in', ['scheduled', 'sending'])), fields=['due_at'], name='edition_on_its_way'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('newsletter', 'number'), name='edition_number_once'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(condition=models.Q(('day__isnull', False)), fields=('newsletter', 'day'), name='edition_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='carried',
            constraint=models.UniqueConstraint(fields=('edition', 'story'), name='carried_once'),
        ),
        migrations.AddIndex(
            model_name='editionnote',
            index=models.Index(fields=['edition', '-id'], name='edition_note_newest'),
        ),
        migrations.AddConstraint(
            model_name='recipe',
            constraint=models.CheckConstraint(condition=models.Q(('lead_minutes__lte', 1440)), name='edition_lead_within_a_day'),
        ),
        migrations.AddConstraint(
            model_name='recipeblock',
            constraint=models.UniqueConstraint(fields=('recipe', 'place'), name='recipe_block_place_once'),
        ),
    ]
