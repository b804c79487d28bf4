"""The pretend provider behind its socket, and as a process of the demo."""

import json
import os
import socket
import subprocess
import sys

import pytest

from dateline.demo.services import starting
from dateline.project import serve
from tests.factories.providers import ask, running


@pytest.mark.parametrize("path", ["/", "/facebook/", "/google/me", "/x/authorize", "/google/token"])
def test_what_is_not_there_is_refused(path):
    with running() as pretend:
        status, _, text = ask(f"{pretend.base}{path}?code=1")

    assert status == 400
    assert "error" in json.loads(text)


def test_a_choice_for_an_app_that_may_not_ask_leads_nowhere():
    with running() as pretend:
        url = f"{pretend.base}/facebook/v1/dialog/oauth?redirect_uri=http://evil.test/"
        status, headers, _ = ask(url, {"as": "1001"})

    assert (status, headers["Location"]) == (400, None)


def test_a_browser_that_hangs_up_is_no_news(capfd):
    with running() as pretend:
        port = int(pretend.base.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as broken:
            broken.sendall(b"POST /google/token HTTP/1.1\r\nContent-Length: x\r\n\r\n")
            broken.recv(100)
        assert ask(f"{pretend.base}/google/keys")[0] == 200

    assert capfd.readouterr() == ("", "")


def test_it_is_a_process_beside_the_others_only_where_there_is_one():
    assert serve._beside(None) == []
    with starting.open_here() as listener:
        (child,) = serve._beside(listener)

        assert listener.get_inheritable()
        assert (child.name, child.pass_fds) == ("pretend", (listener.fileno(),))


def test_the_process_answers_on_the_socket_it_is_given(tmp_path):
    with starting.open_here() as listener:
        base = f"http://127.0.0.1:{listener.getsockname()[1]}"
        (child,) = serve._beside(listener)
        environ = {
            **os.environ,
            "DATELINE_DATA_DIR": str(tmp_path),
            "DATELINE_PRETEND_PROVIDERS": base,
        }
        with subprocess.Popen(
            [sys.executable, *child.command], env=environ, pass_fds=child.pass_fds
        ) as process:
            status, _, text = ask(f"{base}/google/.well-known/openid-configuration")
            process.terminate()

    assert status == 200
    assert json.loads(text)["issuer"] == f"{base}/google"
