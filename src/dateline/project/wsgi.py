"""The WSGI application that a render process runs behind the front."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.project.settings")

application = get_wsgi_application()
