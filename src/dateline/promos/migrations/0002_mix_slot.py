"""Let a creative stand in the mix below a story.

Lock:      the table of slots, while its rows are checked; the table of counts is not touched.
Takes:     milliseconds: a row for each slot of each creative.
Old code:  runs unchanged before, during and after; it shows no offer in the mix.
Undo:      refuses the slot again; take it from every creative first.
"""

from django.db import migrations, models

SLOTS = ("body", "rail", "front", "mix", "newsletter")
CHOICES = [(slot, slot) for slot in SLOTS]


class Migration(migrations.Migration):

    dependencies = [
        ('promos', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='slotplacement',
            name='slot_known',
        ),
        migrations.AlterField(
            model_name='count',
            name='slot',
            field=models.CharField(choices=CHOICES, max_length=10),
        ),
        migrations.AlterField(
            model_name='slotplacement',
            name='slot',
            field=models.CharField(choices=CHOICES, max_length=10),
        ),
        migrations.AddConstraint(
            model_name='slotplacement',
            constraint=models.CheckConstraint(condition=models.Q(('slot__in', list(SLOTS))), name='slot_known'),
        ),
    ]
