"""nginx and Caddy with the files of deploy/, over TLS, before a real `dateline serve`."""

import http.client
import http.server
import re
import ssl
import threading

import pytest

from tests.project.proxies import PROXIES, free_port

CLAIMS = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "http",
    "Forwarded": "for=203.0.113.9",
}

pytestmark = pytest.mark.stack
both = pytest.mark.parametrize("proxy", PROXIES)


@both
def test_the_front_is_told_who_asks_and_the_address_as_it_was_written(behind, upstream, proxy):
    edge = behind(proxy, upstream.port)

    edge.ask("/a%2fb//c/./d;e?q=%20x", host="news.localhost", **CLAIMS)

    line, headers = upstream.heard[-1]
    assert line == "GET /a%2fb//c/./d;e?q=%20x HTTP/1.1"
    assert headers["Host"] == f"news.localhost:{edge.port}"
    assert headers.get_all("X-Forwarded-For") == ["127.0.0.1"]
    assert headers.get_all("X-Forwarded-Proto") == ["https"]
    assert not headers.get("Forwarded")


@both
def test_plain_http_is_sent_to_tls_and_http_2_is_offered(behind, upstream, proxy):
    edge = behind(proxy, upstream.port)

    plain = http.client.HTTPConnection("127.0.0.1", edge.plain_port, timeout=30)
    plain.request("GET", "/world/", headers={"Host": "news.localhost"})
    answer = plain.getresponse()
    plain.close()

    assert answer.status in {301, 308}
    assert re.fullmatch(r"https://news\.localhost(:\d+)?/world/", answer.headers["location"])
    with edge.connect("news.localhost", protocols=["h2", "http/1.1"]) as connection:
        assert connection.selected_alpn_protocol() == "h2"
        assert connection.version() == "TLSv1.3"


def test_a_page_comes_over_tls_with_what_https_promises(behind, network):
    """One network for both: starting it costs seconds."""
    for proxy in PROXIES:
        edge = behind(proxy, network)
        answer, page = edge.ask("/login/", host="account.localhost", **CLAIMS)

        assert (answer.status, b"</html>" in page) == (200, True)
        # Sent only where Django believes that TLS is in front, whatever a client claimed.
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert not re.search(r"[\d.]", answer.headers.get("server", ""))  # no version is told
        assert answer.headers["set-cookie"].startswith("__Host-csrf=")
        assert "; Secure" in answer.headers["set-cookie"]
        takes_a_form(edge, page, answer.headers["set-cookie"].partition(";")[0])
        assert edge.ask("/", host="localhost")[0].status == 200
    gets_certificates_for_known_hosts_only(edge)


def takes_a_form(edge, page, cookie):
    """A wrong password is told to the reader; a form from elsewhere would be refused."""
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)[1].decode()
    form = f"csrfmiddlewaretoken={token}&login=ana@example.test&password=wrong"
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}

    def sent_from(origin):
        answer, _ = edge.ask(
            "/login/", host="account.localhost", method="POST", body=form, Origin=origin, **kind
        )
        return answer.status

    assert sent_from(f"https://account.localhost:{edge.port}") == 200
    assert sent_from("https://elsewhere.example.net") == 403


def gets_certificates_for_known_hosts_only(caddy):
    caddy.connect("desk.localhost").close()
    with pytest.raises(ssl.SSLError):
        caddy.connect("nowhere.example.net")


@pytest.fixture
def behind(tmp_path):
    """Start a proxy with its file of deploy/ before a port; each is stopped at the end."""
    started = []

    def _behind(name, port):
        folder = tmp_path / f"{name}-{len(started)}"
        folder.mkdir()
        started.append(PROXIES[name](folder, port))
        return started[-1].start()

    yield _behind
    for proxy in started:
        proxy.stop()


@pytest.fixture
def network(installation, start):
    """The port of a real network that believes the proxy on loopback."""
    port, trusted = free_port(), "127.0.0.1,::1"
    https = {"SCHEME": "https", "PUBLIC_PORT": 8443, "TRUSTED_PROXIES": trusted}
    start(installation, PORT=port, **https).wait_ready()
    return port


@pytest.fixture
def upstream():
    """A server that answers anything and remembers what it heard."""
    server = Listening(("127.0.0.1", 0), Hears)
    thread = threading.Thread(target=server.serve_forever)
    server.heard = []
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class Listening(http.server.ThreadingHTTPServer):
    @property
    def port(self):
        return self.server_address[1]


class Hears(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.heard.append((self.requestline, self.headers))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass
