"""Make the tables of jobs: listings, feeds, their files, keepers of boards, weekly series.

Lock:      none on tables that exist.
Takes:     milliseconds: the tables are new and empty.
Old code:  runs unchanged before, during and after.
Undo:      drops the tables and every listing, file and week in them.
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
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40)),
                ('masthead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='job_feeds', to='mastheads.masthead')),
            ],
        ),
        migrations.CreateModel(
            name='FeedImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='What the file was called.', max_length=120)),
                ('raw', models.BinaryField(help_text='The file, byte by byte.')),
                ('report', models.JSONField(help_text='As `domain.report.Report`.')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(help_text='Null: the command line, or an account that is gone.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to='jobs.feed')),
            ],
        ),
        migrations.CreateModel(
            name='Keeper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('masthead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keeps_jobs', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('feed_key', models.CharField(blank=True, help_text="The feed's own id for it.", max_length=120)),
                ('title', models.CharField(max_length=120)),
                ('employer', models.CharField(max_length=120)),
                ('employer_url', models.CharField(blank=True, max_length=500)),
                ('text', models.TextField(help_text='Plain, paragraphs apart by an empty line.')),
                ('place', models.CharField(blank=True, max_length=80)),
                ('region', models.CharField(blank=True, max_length=80)),
                ('country', models.CharField(default='JP', help_text='ISO 3166.', max_length=2)),
                ('where', models.CharField(choices=[('onsite', 'onsite'), ('hybrid', 'hybrid'), ('remote', 'remote')], max_length=6)),
                ('employment', models.CharField(choices=[('full_time', 'full_time'), ('part_time', 'part_time'), ('contract', 'contract'), ('temporary', 'temporary'), ('internship', 'internship'), ('volunteer', 'volunteer')], max_length=10)),
                ('salary_min', models.BigIntegerField(null=True)),
                ('salary_max', models.BigIntegerField(null=True)),
                ('salary_currency', models.CharField(blank=True, help_text='ISO 4217.', max_length=3)),
                ('salary_unit', models.CharField(blank=True, choices=[('hour', 'hour'), ('day', 'day'), ('week', 'week'), ('month', 'month'), ('year', 'year')], max_length=5)),
                ('language_level', models.CharField(choices=[('none', 'none'), ('basic', 'basic'), ('conversational', 'conversational'), ('business', 'business'), ('fluent', 'fluent')], max_length=14)),
                ('apply_url', models.CharField(blank=True, max_length=500)),
                ('apply_mail', models.CharField(blank=True, max_length=254)),
                ('posted_at', models.DateTimeField(help_text='Since when readers see it, UTC.')),
                ('valid_until', models.DateTimeField(help_text='From then on it is over, UTC.')),
                ('closed_at', models.DateTimeField(help_text='When it was taken off the board, UTC.', null=True)),
                ('closed_by', models.CharField(blank=True, choices=[('desk', 'the desk'), ('feed', 'its feed')], max_length=4)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('feed', models.ForeignKey(help_text='Null: written on the desk.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='listings', to='jobs.feed')),
                ('masthead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='job_listings', to='mastheads.masthead')),
            ],
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pattern', models.CharField(help_text='The headline, with {year} and {week}: of the ISO calendar.', max_length=120)),
                ('section', models.SlugField(help_text='Of the masthead: where the drafts go.', max_length=80)),
                ('weekday', models.PositiveSmallIntegerField(help_text='0 is Monday.')),
                ('time', models.TimeField(help_text="On the masthead's clock.")),
                ('how_many', models.PositiveSmallIntegerField(default=10)),
                ('active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(help_text='Weeks due before are not written, UTC.')),
                ('masthead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='job_series', to='mastheads.masthead')),
            ],
        ),
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(help_text='Of the ISO calendar.')),
                ('week', models.PositiveSmallIntegerField(help_text='Of the ISO calendar.')),
                ('listings', models.JSONField(default=list, help_text='Ids of the jobs it lists, in order.')),
                ('note', models.CharField(blank=True, help_text='Why there is no draft.', max_length=200)),
                ('written_at', models.DateTimeField()),
                ('story', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='job_issues', to='stories.story')),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='issues', to='jobs.series')),
            ],
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.UniqueConstraint(fields=('masthead', 'slug'), name='job_feed_once_a_masthead'),
        ),
        migrations.AddIndex(
            model_name='feedimport',
            index=models.Index(fields=['feed', '-id'], name='job_import_of_feed'),
        ),
        migrations.AddConstraint(
            model_name='keeper',
            constraint=models.UniqueConstraint(fields=('user', 'masthead'), name='keeper_once_a_masthead'),
        ),
        migrations.AddConstraint(
            model_name='keeper',
            constraint=models.UniqueConstraint(condition=models.Q(('masthead', None)), fields=('user',), name='keeper_once_in_the_network'),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['masthead', '-posted_at', '-id'], name='job_board'),
        ),
        migrations.AddConstraint(
            model_name='listing',
            constraint=models.UniqueConstraint(condition=models.Q(('feed_key', ''), _negated=True), fields=('feed', 'feed_key'), name='job_once_in_a_feed'),
        ),
        migrations.AddConstraint(
            model_name='listing',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__gt', models.F('posted_at'))), name='job_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='listing',
            constraint=models.CheckConstraint(condition=models.Q(('apply_url', ''), ('apply_url__startswith', 'https://'), _connector='OR'), name='job_leads_to_a_safe_address'),
        ),
        migrations.AddConstraint(
            model_name='listing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('apply_url', ''), _negated=True), models.Q(('apply_mail', ''), _negated=True), _connector='OR'), name='job_can_be_applied_for'),
        ),
        migrations.AddConstraint(
            model_name='listing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', '')), models.Q(('closed_at__isnull', False), models.Q(('closed_by', ''), _negated=True)), _connector='OR'), name='job_closed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.UniqueConstraint(fields=('masthead', 'pattern'), name='job_series_named_once'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='job_series_weekday'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.UniqueConstraint(fields=('series', 'year', 'week'), name='job_issue_once_a_week'),
        ),
    ]
