"""`kill -9` of a sender at any moment: nobody gets a mail twice, and nobody is forgotten.

The campaign is the benchmark's own (benchmarks/mail_crash.py), with Postfix's smtp-sink as the
receiver and its dump as the truth. CAMPAIGN_SEED and CAMPAIGN_POINTS repeat a run.
"""

import json
import os
import random
import subprocess
import sys

import pytest

from benchmarks.mail.sink import UNPACKED, program

QUICK_SEED = 7


@pytest.mark.stack
@pytest.mark.soak
def test_kill_9_of_a_sender_doubles_no_mail_and_loses_none(soaking, capsys):
    try:
        program()
    except AssertionError:
        pytest.skip(f"smtp-sink is not in {UNPACKED}: python3 bin/system_packages.py")
    anew = random.SystemRandom().randrange(10**6)
    seed = os.environ.get("CAMPAIGN_SEED") or str(anew if soaking else QUICK_SEED)
    kills = int(os.environ.get("CAMPAIGN_POINTS") or (100 if soaking else 5))

    words = [sys.executable, "-m", "benchmarks.mail_crash", "--kills", str(kills), "--seed", seed]
    environment = {n: v for n, v in os.environ.items() if not n.startswith("DATELINE_")}
    run = subprocess.run(
        [*words, *([] if soaking else ["--quick"])],
        capture_output=True, text=True, check=True, env=environment,
    )  # fmt: skip

    found = json.loads(run.stdout.splitlines()[-1])
    with capsys.disabled():
        sys.stdout.write(f"\n{json.dumps(found)}\n")
    assert found["doubles"] == 0
    assert found["lost"] == 0
    assert found["unknown_queryable"] == 0
    assert found["unknown"] == found["unknown_listed"] <= found["may_be_unknown"]
