"""Synthetic agency documents, as bytes, in the formats the wire reads."""

import json
from xml.sax.saxutils import escape

MADE = "2026-11-23T09:00:00Z"


def ninjs(family="urn:kna:1", **fields):
    """One ninjs 1.x item; a field given as None is left out."""
    values = {
        "uri": family,
        "type": "text",
        "version": "1",
        "versioncreated": MADE,
        "pubstatus": "usable",
        "urgency": 4,
        "language": "en",
        "headline": "Ferry returns to harbour",
        "slugline": "FERRY/RETURN",
        "located": "Harbour City",
        "body_html": "<p>The ferry came back at noon.</p>",
        **fields,
    }
    return json.dumps({k: v for k, v in values.items() if v is not None}).encode()


def g2(
    family="urn:kna:1",
    *,
    version=1,
    status="usable",
    made=MADE,
    headline="Ferry returns",
    text=None,
):
    """One NewsML-G2 news item; `text` None gives it no content, as a cancel has."""
    body = f"<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{escape(text or '')}</p></body></html>"
    content = f"<contentSet><inlineXML contenttype='application/xhtml+xml'>{body}</inlineXML></contentSet>"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{escape(family)}" version="{version}"
  standard="NewsML-G2" standardversion="2.35" conformance="power" xml:lang="en">
  <itemMeta>
    <itemClass qcode="ninat:text"/>
    <provider literal="KNA"/>
    <versionCreated>{made}</versionCreated>
    <pubStatus qcode="stat:{status}"/>
  </itemMeta>
  <contentMeta><headline>{escape(headline)}</headline></contentMeta>
  {content if text else ""}
</newsItem>""".encode()
