"""The WSGI application that a render process runs behind the front."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

from dateline.project import databases, processes
from dateline.project.behind_front import BehindFront

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.project.settings")

application = BehindFront(get_wsgi_application(), os.environ[processes.TOKEN])

# Shared by the connections of all threads; none has been opened yet.
databases.for_a_renderer(connections.settings["default"])

# Granian copies what is left in the environment into every request: neither a secret nor a
# variable that looks like a header may be among it. Settings have been read by now.
for name in [*os.environ]:
    if name.startswith(("HTTP_", "DATELINE_", "_DATELINE_")):
        del os.environ[name]
