"""What the tests of the readers share: reading with defaults, and text as a reader sees it."""

from html.parser import HTMLParser

from lxml import etree

from dateline.wire.domain import formats

NOT_VISIBLE = {"head", "script", "style", "bildfil"}
FOR_EDITORS = {"np-nonpublic", "notepad"}


def read(data, *, source="x", profile=None):
    document = data.encode() if isinstance(data, str) else data
    return formats.read(document, source=source, profile=profile)


def read_one(data, **options):
    (item,) = read(data, **options)
    return item


def told_of(items, rows):
    """What the items show of what each row expects, for comparison with the rows."""
    assert len(items) == len(rows)
    for item in items:
        assert (item.reason is None) == (item.usability == "usable")
    return [
        {key: seen(item, key, wanted) for key, wanted in row.items()}
        for item, row in zip(items, rows, strict=True)
    ]


def seen(item, key, wanted):
    """What the item shows for one expectation, as it would be written in the table."""
    if key.endswith("_has"):
        text = item.reason if key == "reason_has" else item.usage_terms
        return wanted if wanted in (text or "") else text
    if key == "warning":
        return wanted if any(wanted in warning for warning in item.warnings) else item.warnings
    if key == "relation":
        types = [relation.type for relation in item.relations]
        return wanted if wanted in types else types
    if key == "pictures":
        return len(item.pictures)
    value = getattr(item, key)
    return value.isoformat() if hasattr(value, "isoformat") else value


def squeezed(text):
    """Text without any white space: what must be equal when nothing is lost or moved."""
    return "".join((text or "").split())


def visible_in_tree(element):
    """The visible text of a mark-up tree, told without any code of ours."""
    tag = element.tag if isinstance(element.tag, str) else ""
    name = etree.QName(element).localname.lower() if tag else "head"
    if name in NOT_VISIBLE or FOR_EDITORS & set((element.get("class") or "").split()):
        return ""
    if name == "note" and element.get("type") == "npa":
        return ""
    inside = (visible_in_tree(child) + (child.tail or "") for child in element)
    return (element.text or "") + "".join(inside)


class _Visible(HTMLParser):
    def __init__(self):
        super().__init__()
        self.pieces = []
        self.hidden = 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in NOT_VISIBLE

    def handle_endtag(self, tag):
        self.hidden -= tag in NOT_VISIBLE

    def handle_data(self, data):
        if not self.hidden:
            self.pieces.append(data)


def visible_in_html(html):
    """The visible text of HTML, told by the standard library's parser."""
    parser = _Visible()
    parser.feed(html)
    parser.close()
    return "".join(parser.pieces)


def texts_of_newsml_1(data):
    """The visible text of every DataContent of a NewsML 1 document but style sheets."""
    recoded = data.replace(b'encoding="iso-8859-1"', b'encoding="utf-8"')
    plain = etree.XMLParser(remove_comments=True, resolve_entities=False, load_dtd=False)
    for content in etree.fromstring(recoded, plain).iter("{*}ContentItem"):
        form = content.find("{*}Format")
        if form is not None and form.get("FormalName") == "CSS":
            continue
        for held in content.iter("{*}DataContent"):
            yield visible_in_tree(next(held.iter("{*}body"), held))
