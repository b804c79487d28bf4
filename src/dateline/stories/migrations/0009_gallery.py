"""Galleries in the text of a story: another block that a body may hold.

Lock:      none; nothing of the database changes.
Takes:     no time.
Old code:  runs unchanged, and leaves galleries out.
Undo:      does nothing; galleries in texts are then left out.
"""

import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0008_story_kinds'),
    ]

    operations = [
        migrations.AlterField(
            model_name='story',
            name='body',
            field=wagtail.fields.StreamField([('text', 0), ('heading', 1), ('picture', 4), ('gallery', 7), ('quote', 10), ('factbox', 13), ('wire', 14), ('saying', 21), ('event', 27), ('paper', 31), ('sender', 32), ('poll', 33)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul', 'superscript', 'subscript', 'h3'], 'template': 'web/blocks/text.html'}), 1: ('wagtail.blocks.CharBlock', (), {'icon': 'title', 'template': 'web/blocks/heading.html'}), 2: ('wagtail.images.blocks.ImageChooserBlock', (), {}), 3: ('wagtail.blocks.CharBlock', (), {'max_length': 400, 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('picture', 2), ('caption', 3)]], {}), 5: ('wagtail.blocks.CharBlock', (), {'max_length': 120, 'required': False}), 6: ('wagtail.blocks.ListBlock', (4,), {'max_num': 40, 'min_num': 2}), 7: ('wagtail.blocks.StructBlock', [[('title', 5), ('pictures', 6)]], {}), 8: ('wagtail.blocks.TextBlock', (), {}), 9: ('wagtail.blocks.CharBlock', (), {'max_length': 160, 'required': False}), 10: ('wagtail.blocks.StructBlock', [[('text', 8), ('speaker', 9)]], {}), 11: ('wagtail.blocks.CharBlock', (), {'max_length': 120}), 12: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul', 'superscript', 'subscript', 'h3']}), 13: ('wagtail.blocks.StructBlock', [[('title', 11), ('text', 12)]], {}), 14: ('wagtail.blocks.RawHTMLBlock', (), {'help_text': 'Agency copy with tables or lists the editor above cannot hold.', 'icon': 'doc-full', 'template': 'web/blocks/wire.html'}), 15: ('wagtail.blocks.TextBlock', (), {'help_text': 'Their words, without quotation marks.'}), 16: ('wagtail.blocks.CharBlock', (), {'max_length': 160}), 17: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who they are.', 'max_length': 200, 'required': False}), 18: ('wagtail.blocks.TextBlock', (), {'help_text': 'When, where and to whom.', 'required': False}), 19: ('wagtail.blocks.CharBlock', (), {'max_length': 200, 'required': False}), 20: ('wagtail.blocks.URLBlock', (), {'required': False}), 21: ('wagtail.blocks.StructBlock', [[('text', 15), ('speaker', 16), ('about', 17), ('context', 18), ('source', 19), ('source_url', 20)]], {}), 22: ('wagtail.blocks.DateTimeBlock', (), {}), 23: ('wagtail.blocks.DateTimeBlock', (), {'required': False}), 24: ('wagtail.blocks.CharBlock', (), {'max_length': 300, 'required': False}), 25: ('wagtail.blocks.CharBlock', (), {'help_text': '1,200 yen; or: Free.', 'max_length': 120, 'required': False}), 26: ('wagtail.blocks.BooleanBlock', (), {'required': False}), 27: ('wagtail.blocks.StructBlock', [[('name', 16), ('starts_at', 22), ('ends_at', 23), ('venue', 16), ('address', 24), ('price', 25), ('link', 20), ('cancelled', 26)]], {}), 28: ('wagtail.blocks.DateBlock', (), {'required': False}), 29: ('wagtail.blocks.CharBlock', (), {'max_length': 200}), 30: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link']}), 31: ('wagtail.blocks.StructBlock', [[('paper', 11), ('date', 28), ('headline', 29), ('summary', 30), ('link', 20)]], {}), 32: ('wagtail.blocks.StructBlock', [[('name', 16), ('contact', 19), ('link', 20)]], {}), 33: ('wagtail.snippets.blocks.SnippetChooserBlock', ('polls.Poll',), {'icon': 'check', 'template': 'web/blocks/poll.html'})}),
        ),
    ]
