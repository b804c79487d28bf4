"""Make the tables of the discussion room.

Lock:      none on tables that exist.
Takes:     milliseconds: every table is new and empty.
Old code:  runs unchanged before, during and after.
Undo:      drops the tables and every comment in them.
"""

import dateline.discussion.domain.status
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
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='Its own in the thread, from 1, never reused.')),
                ('depth', models.PositiveSmallIntegerField(default=0)),
                ('path', models.BinaryField(help_text='Numbers from the outermost to its own, 4 bytes each.')),
                ('text', models.TextField(help_text='As typed. Never render it; see html.')),
                ('quote', models.TextField(blank=True, help_text='Words of the comment it answers, shown while that is visible.')),
                ('html', models.TextField(help_text='Safe HTML of text, by the sanitiser of this version.')),
                ('sanitiser', models.PositiveSmallIntegerField()),
                ('fingerprint', models.CharField(help_text='Equal for texts that read the same.', max_length=16)),
                ('key', models.CharField(help_text="The author's idempotency key: one row for each.", max_length=64, null=True)),
                ('status', models.CharField(choices=[('visible', 'visible'), ('held', 'held'), ('removed', 'removed'), ('deleted', 'deleted')], max_length=7)),
                ('version', models.PositiveIntegerField(default=1, help_text='Moves with each change of text or status; decisions name it.')),
                ('revision', models.PositiveIntegerField(default=1, help_text='Which text this is.')),
                ('created_at', models.DateTimeField(help_text='When it was posted, UTC.')),
                ('edited_at', models.DateTimeField(null=True)),
                ('ups', models.PositiveIntegerField(default=0)),
                ('downs', models.PositiveIntegerField(default=0)),
                ('below', models.PositiveIntegerField(default=0, help_text='Visible comments below it.')),
                ('reports', models.PositiveIntegerField(default=0, help_text='Reports nobody has answered yet.')),
                ('featured_at', models.DateTimeField(null=True)),
                ('ran', models.JSONField(default=list, help_text='Rules it passed: name, answer, reason.')),
                ('rank_best', models.BinaryField(help_text='domain.ranks.best')),
                ('rank_discussed', models.BinaryField(help_text='domain.ranks.discussed')),
                ('moved_best', models.PositiveBigIntegerField(default=0, help_text="Thread's move that set it.")),
                ('moved_discussed', models.PositiveBigIntegerField(default=0)),
                ('answers', models.ForeignKey(db_index=False, help_text='What it replies to; its parent, unless that stands at the greatest depth.', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='discussion.comment')),
                ('author', models.ForeignKey(db_index=False, help_text='Null once the account is gone.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='comments', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='replies', to='discussion.comment')),
                ('root', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='discussion.comment')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(choices=[('held', 'held'), ('approved', 'approved'), ('removed', 'removed'), ('undone', 'undone'), ('featured', 'featured'), ('unfeatured', 'unfeatured'), ('warned', 'warned'), ('suspended', 'suspended'), ('banned', 'banned'), ('lifted', 'lifted'), ('appeal_upheld', 'appeal_upheld'), ('appeal_refused', 'appeal_refused')], max_length=14)),
                ('automatic', models.BooleanField(default=False, help_text='No person decided (DSA 17.3 c).')),
                ('reason', models.TextField(blank=True)),
                ('rule', models.PositiveSmallIntegerField(choices=[(1, 'Insult or threat against a person.'), (2, 'Contempt for people because of what they are.'), (3, "Somebody's private data."), (4, 'False claim presented as fact, or defamation.'), (5, 'Advertising or spam.'), (6, 'Away from the subject, or the same again and again.'), (7, 'Obscene or cruel.'), (8, "Somebody else's text at length."), (9, 'Against the law.')], help_text='Number of the house rule.', null=True)),
                ('revision', models.PositiveIntegerField(help_text='The text it was about.', null=True)),
                ('was', models.CharField(blank=True, max_length=7)),
                ('became', models.CharField(blank=True, max_length=7)),
                ('until', models.DateTimeField(help_text='End of a suspension, UTC.', null=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(help_text='Null: the rules, by themselves, or an account that is gone.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('comment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='discussion.comment')),
                ('masthead', models.ForeignKey(help_text='Null: the whole network.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
                ('reader', models.ForeignKey(help_text='Whom it is about: the author, or whoever was warned or banned.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(help_text='As the reader typed it.')),
                ('at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('upheld', models.BooleanField(help_text='True: the reader was right.', null=True)),
                ('answer', models.TextField(blank=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='appeal', to='discussion.decision')),
            ],
        ),
        migrations.CreateModel(
            name='House',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('door', models.CharField(choices=[('open', 'open'), ('held', 'held'), ('closed', 'closed')], default=dateline.discussion.domain.status.Door['OPEN'], max_length=6)),
                ('close_after_days', models.PositiveSmallIntegerField(default=0, help_text='0: never.')),
                ('down_votes', models.BooleanField(default=True, help_text='Whether readers may vote against.')),
                ('score_after_minutes', models.PositiveSmallIntegerField(default=0, help_text='Votes are shown this long after a comment was posted.')),
                ('edit_minutes', models.PositiveSmallIntegerField(default=5, help_text='An author may change a comment for this long. 0: never.')),
                ('seconds_between', models.PositiveSmallIntegerField(default=3)),
                ('most_in_minute', models.PositiveSmallIntegerField(default=6, help_text='0: any number.')),
                ('most_links', models.PositiveSmallIntegerField(default=2, help_text='0: any number.')),
                ('premoderate_first', models.PositiveSmallIntegerField(default=0, help_text="A new reader's first comments that a moderator reads before others.")),
                ('hold_removed_percent', models.PositiveSmallIntegerField(default=30, help_text='0: never.')),
                ('hold_score_percent', models.PositiveSmallIntegerField(default=80, help_text='0: never.')),
                ('hold_at_reports', models.PositiveSmallIntegerField(default=5, help_text="This many readers' reports hold a comment. 0: never.")),
                ('words_version', models.PositiveBigIntegerField(default=0, help_text='Another random number whenever a listed word changes.')),
                ('masthead', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='house', to='mastheads.masthead')),
            ],
        ),
        migrations.CreateModel(
            name='Moderator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('masthead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='moderators', to='mastheads.masthead')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moderates', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Mute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('muted', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('abuse', 'abuse'), ('hate', 'hate'), ('spam', 'spam'), ('off_topic', 'off_topic'), ('private', 'private'), ('illegal', 'illegal'), ('other', 'other')], max_length=9)),
                ('note', models.TextField(blank=True)),
                ('revision', models.PositiveIntegerField(help_text='The text that was reported.')),
                ('at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(help_text='When a moderator had decided, UTC.', null=True)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reported', to='discussion.comment')),
                ('reporter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('until', models.DateTimeField(help_text='When another text took its place, UTC.')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='discussion.comment')),
            ],
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('suspended_until', models.DateTimeField(null=True)),
                ('banned_at', models.DateTimeField(null=True)),
                ('warned_at', models.DateTimeField(null=True)),
                ('masthead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='standings', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('door', models.CharField(blank=True, choices=[('open', 'open'), ('held', 'held'), ('closed', 'closed')], help_text="What a person decided; else the house's.", max_length=6)),
                ('visible', models.PositiveIntegerField(default=0, help_text='Comments that readers see.')),
                ('numbers', models.PositiveIntegerField(default=0, help_text='The last number given out.')),
                ('moves', models.PositiveBigIntegerField(default=0, help_text='How often a rank in this thread moved.')),
                ('masthead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='threads', to='mastheads.masthead')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='threads', to='stories.story')),
            ],
        ),
        migrations.CreateModel(
            name='RankMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.CharField(choices=[('best', 'best'), ('discussed', 'discussed')], max_length=9)),
                ('move', models.PositiveBigIntegerField(help_text="The thread's number of this move.")),
                ('was', models.BinaryField()),
                ('at', models.DateTimeField()),
                ('comment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='discussion.comment')),
                ('parent', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='discussion.comment')),
                ('thread', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='discussion.thread')),
            ],
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followers', to='discussion.thread')),
            ],
        ),
        migrations.AddField(
            model_name='comment',
            name='thread',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='discussion.thread'),
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.SmallIntegerField()),
                ('at', models.DateTimeField()),
                ('comment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='discussion.comment')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='votes', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(help_text='As an editor wrote it; * at its end: any.', max_length=200)),
                ('kind', models.CharField(choices=[('banned', 'banned'), ('suspect', 'suspect')], max_length=7)),
                ('masthead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mastheads.masthead')),
            ],
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['comment', '-id'], name='decision_of_comment'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['masthead', 'verb', '-id'], name='decision_by_verb'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['reader', '-id'], name='decision_of_reader'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('was__in', ['', 'visible', 'held', 'removed', 'deleted']), ('became__in', ['', 'visible', 'held', 'removed', 'deleted'])), name='decision_status_known'),
        ),
        migrations.AddIndex(
            model_name='appeal',
            index=models.Index(condition=models.Q(('decided_at', None)), fields=['at'], name='appeal_open'),
        ),
        migrations.AddConstraint(
            model_name='house',
            constraint=models.CheckConstraint(condition=models.Q(('door__in', ['open', 'held', 'closed'])), name='house_door_known'),
        ),
        migrations.AddConstraint(
            model_name='house',
            constraint=models.CheckConstraint(condition=models.Q(('hold_removed_percent__lte', 100), ('hold_score_percent__lte', 100)), name='house_percents'),
        ),
        migrations.AddConstraint(
            model_name='moderator',
            constraint=models.UniqueConstraint(fields=('user', 'masthead'), name='moderator_once_a_masthead'),
        ),
        migrations.AddConstraint(
            model_name='moderator',
            constraint=models.UniqueConstraint(condition=models.Q(('masthead', None)), fields=('user',), name='moderator_once_in_the_network'),
        ),
        migrations.AddConstraint(
            model_name='mute',
            constraint=models.UniqueConstraint(fields=('user', 'muted'), name='mute_once'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('comment', 'reporter'), name='report_once_a_reader'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(fields=('comment', 'number'), name='revision_number_once'),
        ),
        migrations.AddConstraint(
            model_name='standing',
            constraint=models.UniqueConstraint(fields=('user', 'masthead'), name='standing_once_a_masthead'),
        ),
        migrations.AddConstraint(
            model_name='standing',
            constraint=models.UniqueConstraint(condition=models.Q(('masthead', None)), fields=('user',), name='standing_once_in_the_network'),
        ),
        migrations.AddConstraint(
            model_name='thread',
            constraint=models.UniqueConstraint(fields=('story', 'masthead'), name='thread_once_per_masthead'),
        ),
        migrations.AddConstraint(
            model_name='thread',
            constraint=models.CheckConstraint(condition=models.Q(('door__in', ['', 'open', 'held', 'closed'])), name='thread_door_known'),
        ),
        migrations.AddIndex(
            model_name='rankmove',
            index=models.Index(models.F('at'), name='rank_move_age'),
        ),
        migrations.AddIndex(
            model_name='rankmove',
            index=models.Index(fields=['thread', 'order', 'parent', 'move'], name='rank_move_since'),
        ),
        migrations.AddConstraint(
            model_name='rankmove',
            constraint=models.UniqueConstraint(fields=('thread', 'order', 'move'), name='rank_move_once'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.UniqueConstraint(fields=('user', 'thread'), name='follow_once'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('parent', None)), fields=['thread', 'rank_best'], name='comment_roots_best'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('parent', None)), fields=['thread', 'rank_discussed'], name='comment_roots_discussed'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('parent', None)), fields=['thread', 'number'], name='comment_roots_number'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['parent', 'rank_best'], name='comment_replies_best'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['parent', 'number'], name='comment_replies_number'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['author', '-id'], name='comment_by_author'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['fingerprint', '-created_at'], name='comment_by_text'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('status', 'held')), fields=['id'], name='comment_held'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('status', 'removed')), fields=['id'], name='comment_removed'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('reports__gt', 0), ('status', 'visible')), fields=['id'], name='comment_reported'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.UniqueConstraint(fields=('thread', 'number'), name='comment_number_once'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.UniqueConstraint(fields=('author', 'key'), name='comment_key_once'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['visible', 'held', 'removed', 'deleted'])), name='comment_status_known'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('depth__lte', 15)), name='comment_not_too_deep'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('depth', 0), ('parent', None), ('root', None)), models.Q(('depth__gt', 0), ('parent__isnull', False), ('root__isnull', False)), _connector='OR'), name='comment_has_a_place'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.UniqueConstraint(fields=('comment', 'user'), name='vote_once'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(('value__in', [-1, 0, 1])), name='vote_known'),
        ),
        migrations.AddConstraint(
            model_name='word',
            constraint=models.UniqueConstraint(fields=('masthead', 'word'), name='word_once_a_masthead'),
        ),
        migrations.AddConstraint(
            model_name='word',
            constraint=models.UniqueConstraint(condition=models.Q(('masthead', None)), fields=('word',), name='word_once_in_the_network'),
        ),
    ]
