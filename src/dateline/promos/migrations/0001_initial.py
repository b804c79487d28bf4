"""Make the tables of offers: advertisers, campaigns, creatives, slots, counts, notes, ads.txt.

Lock:      none on tables that exist.
Takes:     milliseconds: the tables are new and empty.
Old code:  runs unchanged before, during and after.
Undo:      drops the tables and every booking and count in them.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('mastheads', '0001_initial'),
        ('media', '0002_embargo'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Advertiser',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='As readers know it.', max_length=80, unique=True)),
                ('contact', models.CharField(blank=True, help_text='For the desk only.', max_length=200)),
                ('created_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='AdsTxt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(max_length=253, unique=True)),
                ('text', models.TextField(blank=True)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('domain', ''), _negated=True), name='ads_txt_has_domain')],
            },
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted'), ('approved', 'approved'), ('running', 'running'), ('paused', 'paused'), ('ended', 'ended'), ('killed', 'killed')], default='draft', max_length=9)),
                ('tier', models.CharField(choices=[('takeover', 'takeover'), ('guaranteed', 'guaranteed'), ('share', 'share'), ('house', 'house')], max_length=10)),
                ('label', models.CharField(choices=[('sponsored', 'sponsored'), ('promoted', 'promoted'), ('sister', 'sister'), ('house', 'house')], max_length=9)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(help_text='Included.')),
                ('day_parts', models.JSONField(default=list, help_text='[[weekdays], start, end] in minutes since midnight; none: all day.')),
                ('sections', models.JSONField(default=list)),
                ('not_sections', models.JSONField(default=list)),
                ('topics', models.JSONField(default=list)),
                ('not_topics', models.JSONField(default=list)),
                ('languages', models.JSONField(default=list)),
                ('goal', models.PositiveIntegerField(help_text='Viewable impressions to deliver.', null=True)),
                ('weight', models.PositiveSmallIntegerField(default=1, help_text='Beside others of its tier.')),
                ('cap_views', models.PositiveSmallIntegerField(default=0, help_text='How often one device shows it, where its reader agreed; 0: no cap.')),
                ('cap_hours', models.PositiveSmallIntegerField(default=24, help_text='Within how many hours.')),
                ('share', models.FloatField(default=0.0, help_text='Of the chances, until the next pacing.')),
                ('paced_at', models.DateTimeField(null=True)),
                ('chances_then', models.PositiveBigIntegerField(default=0, help_text='Counted by `paced_at`.')),
                ('created_at', models.DateTimeField()),
                ('killed_at', models.DateTimeField(null=True)),
                ('advertiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='promos.advertiser')),
                ('home', models.ForeignKey(help_text='Whose commercial desk booked it, and whose clock its days are of.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mastheads.masthead')),
                ('mastheads', models.ManyToManyField(related_name='campaigns', to='mastheads.masthead')),
            ],
        ),
        migrations.CreateModel(
            name='CampaignNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=12)),
                ('was', models.CharField(blank=True, max_length=9)),
                ('became', models.CharField(max_length=9)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(help_text='Null: the clock, or an account that is gone.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='promos.campaign')),
            ],
        ),
        migrations.CreateModel(
            name='Creative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('offer', 'offer'), ('card', 'card'), ('newsletter', 'newsletter'), ('job', 'job')], max_length=10)),
                ('headline', models.CharField(max_length=80)),
                ('text', models.CharField(blank=True, max_length=180)),
                ('cta', models.CharField(blank=True, help_text='On the button; empty: Learn more.', max_length=28)),
                ('target_url', models.CharField(max_length=2000)),
                ('code', models.CharField(blank=True, max_length=24)),
                ('alt', models.CharField(blank=True, max_length=200)),
                ('withdrawn_at', models.DateTimeField(help_text='Since when it is shown no more, UTC. Its counts stay.', null=True)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='creatives', to='promos.campaign')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='media.picture')),
            ],
        ),
        migrations.CreateModel(
            name='Count',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot', models.CharField(choices=[('body', 'body'), ('rail', 'rail'), ('front', 'front'), ('newsletter', 'newsletter')], max_length=10)),
                ('hour', models.DateTimeField(help_text='When the hour began, UTC.')),
                ('chances', models.PositiveBigIntegerField(default=0, help_text='Viewed slots it could have had.')),
                ('viewable', models.PositiveBigIntegerField(default=0, help_text='Half in view for a second.')),
                ('clicks', models.PositiveBigIntegerField(default=0)),
                ('copies', models.PositiveBigIntegerField(default=0, help_text='Codes copied.')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='promos.campaign')),
                ('masthead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
                ('creative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='promos.creative')),
            ],
        ),
        migrations.CreateModel(
            name='Manager',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('masthead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='manages_offers', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SlotPlacement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot', models.CharField(choices=[('body', 'body'), ('rail', 'rail'), ('front', 'front'), ('newsletter', 'newsletter')], max_length=10)),
                ('creative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='promos.creative')),
            ],
        ),
        migrations.AddIndex(
            model_name='campaign',
            index=models.Index(fields=['state', 'first_day'], name='campaign_by_state'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('label__in', ['sponsored', 'promoted', 'sister', 'house'])), name='campaign_is_labelled'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'approved', 'running', 'paused', 'ended', 'killed'])), name='campaign_state_known'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('tier__in', ['takeover', 'guaranteed', 'share', 'house'])), name='campaign_tier_known'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='campaign_has_days'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('share__gte', 0.0), ('share__lte', 1.0)), name='campaign_share_0_to_1'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('killed_at__isnull', False), ('state', 'killed')), models.Q(models.Q(('state', 'killed'), _negated=True), ('killed_at', None)), _connector='OR'), name='campaign_killed_once'),
        ),
        migrations.AddIndex(
            model_name='campaignnote',
            index=models.Index(fields=['campaign', '-id'], name='note_of_campaign'),
        ),
        migrations.AddConstraint(
            model_name='creative',
            constraint=models.CheckConstraint(condition=models.Q(('target_url__startswith', 'https://'), ('target_url__startswith', 'http://'), _connector='OR'), name='creative_leads_to_the_web'),
        ),
        migrations.AddConstraint(
            model_name='creative',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['offer', 'card', 'newsletter', 'job'])), name='creative_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='creative',
            constraint=models.CheckConstraint(condition=models.Q(('headline', ''), _negated=True), name='creative_has_headline'),
        ),
        migrations.AddIndex(
            model_name='count',
            index=models.Index(fields=['campaign', 'hour'], name='offer_count_of_campaign'),
        ),
        migrations.AddConstraint(
            model_name='count',
            constraint=models.UniqueConstraint(fields=('creative', 'masthead', 'slot', 'hour'), name='offer_count_once_an_hour'),
        ),
        migrations.AddConstraint(
            model_name='manager',
            constraint=models.UniqueConstraint(fields=('user', 'masthead'), name='manager_once_a_masthead'),
        ),
        migrations.AddConstraint(
            model_name='manager',
            constraint=models.UniqueConstraint(condition=models.Q(('masthead', None)), fields=('user',), name='manager_once_in_the_network'),
        ),
        migrations.AddConstraint(
            model_name='slotplacement',
            constraint=models.UniqueConstraint(fields=('creative', 'slot'), name='slot_placement_once'),
        ),
        migrations.AddConstraint(
            model_name='slotplacement',
            constraint=models.CheckConstraint(condition=models.Q(('slot__in', ['body', 'rail', 'front', 'newsletter'])), name='slot_known'),
        ),
    ]
