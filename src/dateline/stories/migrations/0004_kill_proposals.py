"""A table for kills that an agency asks for in words, and what a person decided about each.

Lock:      none; a new table.
Takes:     no time.
Old code:  runs unchanged; it knows nothing of the table.
Undo:      drops the table; the alarms stay.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0003_agency_standing_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="KillProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verb",
                    models.CharField(choices=[("kill", "kill"), ("hold", "hold")], max_length=4),
                ),
                (
                    "noticed_at",
                    models.DateTimeField(
                        help_text="When the notice came in, UTC. What came within two days of it "
                        "may be meant."
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "done as the agency asked"),
                            ("not_meant", "not a kill"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "reason",
                    models.TextField(blank=True, help_text="Why a person decided so."),
                ),
                (
                    "alarm",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposal",
                        to="stories.deskalarm",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["noticed_at"], name="kill_proposal_noticed")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome", ""), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="kill_proposal_decision_has_reason",
                    )
                ],
            },
        ),
    ]
