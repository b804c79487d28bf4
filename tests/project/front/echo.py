"""Settings and addresses of a product that tells what it was asked: for tests behind Granian."""

import os
import time
from pathlib import Path

from django.http import JsonResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

SECRET_KEY = "for tests only"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = __name__
MIDDLEWARE = []
INSTALLED_APPS = []
USE_TZ = True


@csrf_exempt
def tell(request, **_):
    meta = {key: value for key, value in request.META.items() if isinstance(value, str)}
    return JsonResponse({"meta": meta, "path": request.path, "length": len(request.body)})


def die_once(_request):
    """The first time, end the process in the middle of the answer."""
    marker = Path(os.environ["MARKER"])
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), 9)
    return JsonResponse({"pid": os.getpid()})


def stream(_request):
    def pieces():
        for _ in range(5):
            yield b"piece "
            time.sleep(0.01)

    return StreamingHttpResponse(pieces())


urlpatterns = [
    path("die-once", die_once),
    path("stream", stream),
    path("", tell),
    path("<path:anything>", tell),
]
