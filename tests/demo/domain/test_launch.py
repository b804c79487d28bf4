"""The variables that `dateline demo` needs before the settings are read."""

import pytest

from dateline.demo.domain.launch import environment


@pytest.mark.parametrize(
    ("arguments", "environ", "added"),
    [
        (["dateline", "demo"], {}, {"DATELINE_DATA_DIR": "var/demo"}),
        (["dateline", "demo"], {"DATELINE_DATA_DIR": "/x"}, {"DATELINE_DATA_DIR": "/x"}),
        (
            ["dateline", "demo", "--fresh", "--port", "9000"],
            {},
            {"DATELINE_DATA_DIR": "var/demo", "DATELINE_PORT": "9000"},
        ),
        (
            ["dateline", "demo", "--port=9000", ""],
            {"DATELINE_PORT": "1"},
            {"DATELINE_DATA_DIR": "var/demo", "DATELINE_PORT": "9000"},
        ),
        (
            ["dateline", "demo", "--port"],
            {},
            {"DATELINE_DATA_DIR": "var/demo", "DATELINE_PORT": ""},
        ),
        (["dateline", "serve", "--port", "9000"], {}, {}),
        (["dateline"], {}, {}),
    ],
)
def test_the_demo_has_a_folder_of_its_own_and_knows_its_port(arguments, environ, added):
    assert environment(arguments, environ) == added
