"""Index the few stories under embargo, for every list asks when the next one ends.

Lock:      writers wait while the two indexes are built.
Takes:     well under a second for 100,000 stories: only rows with an embargo are in them.
Old code:  runs unchanged before, during and after.
Undo:      drops the indexes; no data is lost.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0004_kill_proposals")]
    operations = [
        migrations.AddIndex(
            model_name="story",
            index=models.Index(
                condition=models.Q(("embargo_until__isnull", False)),
                fields=["embargo_until"],
                name="story_embargoed",
            ),
        ),
        migrations.AddIndex(
            model_name="story",
            index=models.Index(
                condition=models.Q(("agency_embargo_until__isnull", False)),
                fields=["agency_embargo_until"],
                name="story_agency_embargoed",
            ),
        ),
    ]
