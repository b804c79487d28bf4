"""The variables that `dateline demo` needs before the settings are read."""

import pytest

from dateline.demo.domain.launch import environment

OPEN = {"DATELINE_STAFF_MFA": "off"}  # everybody can try the desk


@pytest.mark.parametrize(
    ("arguments", "environ", "added"),
    [
        (["dateline", "demo"], {}, {**OPEN, "DATELINE_DATA_DIR": "var/demo"}),
        (["dateline", "demo"], {"DATELINE_DATA_DIR": "/x"}, {**OPEN, "DATELINE_DATA_DIR": "/x"}),
        (
            ["dateline", "demo", "--fresh", "--port", "9000"],
            {},
            {**OPEN, "DATELINE_DATA_DIR": "var/demo", "DATELINE_PORT": "9000"},
        ),
        (
            ["dateline", "demo", "--port=9000", ""],
            {"DATELINE_PORT": "1"},
            {**OPEN, "DATELINE_DATA_DIR": "var/demo", "DATELINE_PORT": "9000"},
        ),
        (
            ["dateline", "demo", "--port"],
            {},
            {**OPEN, "DATELINE_DATA_DIR": "var/demo", "DATELINE_PORT": ""},
        ),
        (
            ["dateline", "demo"],
            {"DATELINE_STAFF_MFA": "on"},
            {"DATELINE_DATA_DIR": "var/demo", "DATELINE_STAFF_MFA": "on"},
        ),
        (["dateline", "serve", "--port", "9000"], {}, {}),
        (["dateline"], {}, {}),
    ],
)
def test_the_demo_has_a_folder_of_its_own_and_knows_its_port(arguments, environ, added):
    assert environment(arguments, environ) == added
