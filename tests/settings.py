"""The product's own settings, pointed at a throw-away place and made quick for tests.

pytest-django reads the settings before any conftest.py, so the environment is prepared here.
"""

import os
import tempfile
from pathlib import Path

# One directory a process: xdist workers inherit the environment of the one that started them.
SCRATCH = Path(tempfile.mkdtemp(prefix="dateline-tests-"))
(SCRATCH / "static").mkdir()  # WhiteNoise warns where nothing was ever collected
os.environ["DATELINE_DATA_DIR"] = str(SCRATCH)
# Child processes that a test starts must run the product's settings, not these.
os.environ.pop("DJANGO_SETTINGS_MODULE", None)

from dateline.project.settings import *  # noqa: E402, F403  (after the environment is prepared)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # hashing is not tested here

# `Client.force_login` makes a session that no log-in of the network stands behind. Tests of what
# people may do once they are signed in use it; those of signing in take the product's own list.
PRODUCT_MIDDLEWARE = globals()["MIDDLEWARE"]
MIDDLEWARE = [
    "django.contrib.auth.middleware.AuthenticationMiddleware"
    if name == "dateline.accounts.middleware.NetworkAuthentication"
    else name
    for name in PRODUCT_MIDDLEWARE
]
