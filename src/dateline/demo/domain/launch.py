"""What `dateline demo` needs to be true before the settings are read."""

from collections.abc import Mapping, Sequence

FOLDER = "var/demo"
PORT = "--port"


def environment(arguments: Sequence[str], environ: Mapping[str, str]) -> dict[str, str]:
    """The variables to add for `dateline demo [options]`; nothing for any other verb.

    The demo has a data folder of its own unless DATELINE_DATA_DIR names one, opens its desk without
    a second step unless DATELINE_STAFF_MFA asks for one, and `--port N` or `--port=N` is
    DATELINE_PORT, so that every address it prints is right.
    """
    if list(arguments[1:2]) != ["demo"]:
        return {}
    found = {
        "DATELINE_DATA_DIR": environ.get("DATELINE_DATA_DIR") or FOLDER,
        "DATELINE_STAFF_MFA": environ.get("DATELINE_STAFF_MFA") or "off",
    }
    for place, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == PORT:
            following = next(iter(arguments[place + 1 :]), "")
            found["DATELINE_PORT"] = value if equals else following
    return found
