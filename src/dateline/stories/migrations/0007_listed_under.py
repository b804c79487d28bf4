"""List stories under their topics, people and agencies, and those that were corrected.

Lock:      writers wait while the table is filled and the index on placements is built.
Takes:     some 10 s for 1,000,000 placements, each about two topics.
Old code:  runs unchanged; what it publishes is listed there once it is published again.
Undo:      drops the table and the index; no story is lost.
"""

import django.db.models.deletion
from django.db import migrations, models

FILLED = """
INSERT INTO stories_listedunder (placement_id, masthead_id, subject, moment)
SELECT p.id, p.masthead_id, {subject}, {moment}
FROM stories_placement p {join}
WHERE p.published_at IS NOT NULL {more}
"""
FROM = (
    {
        "subject": "'topic:' || t.topic_id",
        "moment": "p.published_at",
        "join": "JOIN stories_story_topics t ON t.story_id = p.story_id",
        "more": "",
    },
    {
        "subject": "'person:' || b.person_id",
        "moment": "p.published_at",
        "join": "JOIN stories_byline b ON b.story_id = p.story_id",
        "more": "",
    },
    {
        "subject": "'agency:' || s.provider_id",
        "moment": "p.published_at",
        "join": "JOIN stories_story s ON s.id = p.story_id",
        "more": "AND s.provider_id IS NOT NULL",
    },
    {
        "subject": "'corrected'",
        "moment": "MAX(c.at)",
        "join": "JOIN stories_correction c ON c.story_id = p.story_id",
        "more": "AND c.kind IN ('correction', 'clarification') GROUP BY p.id, p.masthead_id",
    },
)


class Migration(migrations.Migration):
    dependencies = [
        ("mastheads", "0001_initial"),
        ("stories", "0006_card_headlines"),
    ]
    operations = [
        migrations.CreateModel(
            name="ListedUnder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        help_text="As domain.subjects writes it: topic:12.", max_length=32
                    ),
                ),
                (
                    "moment",
                    models.DateTimeField(
                        help_text="What the list is ordered by, UTC: published, or last corrected."
                    ),
                ),
                (
                    "masthead",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="mastheads.masthead",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listed_under",
                        to="stories.placement",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["subject", "masthead", "-moment", "-placement"],
                        name="listed_under_newest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("placement", "subject"), name="listed_under_once"
                    )
                ],
            },
        ),
        *(migrations.RunSQL(FILLED.format(**each), migrations.RunSQL.noop) for each in FROM),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(fields=["masthead", "story"], name="placement_sitemap"),
        ),
    ]
