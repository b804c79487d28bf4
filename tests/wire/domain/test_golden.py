"""Documents in our own words, one for every trap, and what each is read as.

A changed reading shows here as a changed file. To write what is read now, after looking at it:
    python -m tests.wire.domain.test_golden
"""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from dateline.wire.domain import formats

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
DOCUMENTS = sorted(
    file for file in SAMPLES.iterdir() if not file.name.endswith((".expected.json", ".md"))
)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_is_read_as_expected(document):
    assert told(document) == json.loads(expected_of(document).read_text(encoding="utf-8"))


def told(document):
    """What is read, without what is None or empty, as JSON has it."""
    items = formats.read(document.read_bytes(), source=document.name)
    return json.loads(json.dumps([_filled(asdict(item)) for item in items], default=str))


def expected_of(document):
    return document.with_name(f"{document.name}.expected.json")


def _filled(value):
    if isinstance(value, dict):
        return {key: _filled(one) for key, one in value.items() if one not in (None, (), [])}
    return [_filled(one) for one in value] if isinstance(value, list | tuple) else value


if __name__ == "__main__":
    for one in DOCUMENTS:
        text = json.dumps(told(one), indent=2, ensure_ascii=False)
        expected_of(one).write_text(text + "\n", encoding="utf-8")
