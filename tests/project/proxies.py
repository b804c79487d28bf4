"""nginx and Caddy on free loopback ports, with the files of deploy/ and nothing else changed."""

import http.client
import os
import re
import signal
import socket
import ssl
import subprocess
from pathlib import Path

from tests.project.conftest import wait_until

DEPLOY = Path(__file__).parents[2] / "deploy"
FRONT = "127.0.0.1:8000"


def free_port():
    """A port that nobody listens to just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Proxy:
    """One running proxy: `port` speaks TLS, `plain_port` does not; `trust` verifies it."""

    def __init__(self, folder, upstream):
        self.folder, self.upstream = folder, upstream
        self.port, self.plain_port = free_port(), free_port()
        self.log = folder / "log"
        self.process = None

    def start(self):
        words = self.command()
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                words, stdout=log, stderr=subprocess.STDOUT, env=self.environment()
            )
        for port in (self.port, self.plain_port):  # Caddy opens them one after the other
            wait_until(lambda port=port: self._listens(port), 30, f"{words[0]} on port {port}")
        return self

    def environment(self):
        return {**os.environ, "HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder)}

    def _listens(self, port):
        assert self.process.poll() is None, self.log.read_text()
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)

    def connect(self, host, *, protocols=("http/1.1",)):
        """A verified TLS connection that asks for `host`; close it."""
        wait_until(self.trust.exists, 30, str(self.trust))
        context = ssl.create_default_context(cafile=self.trust)
        context.set_alpn_protocols(list(protocols))
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        try:
            return context.wrap_socket(plain, server_hostname=host)
        except ssl.SSLError:
            plain.close()
            raise

    def ask(self, path, *, host, method="GET", body=None, **headers):
        connection = http.client.HTTPConnection(host, self.port)
        connection.sock = self.connect(host)
        try:
            named = {"Host": f"{host}:{self.port}", **headers}
            connection.request(method, path, body=body, headers=named)
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()


class Nginx(Proxy):
    """As root nginx would change to a user who may not read a test's folder: it stays root."""

    def command(self):
        self.trust, key = self.folder / "cert.pem", self.folder / "key.pem"
        make_certificate(self.trust, key)
        text = (DEPLOY / "nginx" / "dateline.conf").read_text()
        text = text.replace(FRONT, f"127.0.0.1:{self.upstream}")
        text = re.sub(r"listen \[::\].*\n", "", text)  # not every machine has IPv6
        text = text.replace("listen 80 ", f"listen 127.0.0.1:{self.plain_port} ")
        text = text.replace("listen 443 ", f"listen 127.0.0.1:{self.port} ")
        text = re.sub(r"/etc/letsencrypt/\S+/fullchain\.pem", str(self.trust), text)
        text = re.sub(r"/etc/letsencrypt/\S+/privkey\.pem", str(key), text)
        (self.folder / "dateline.conf").write_text(text)
        places = "".join(
            f"{what}_temp_path {self.folder}/{what};"
            for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root root;" if os.getuid() == 0 else ""
        main = self.folder / "nginx.conf"
        main.write_text(
            f"{user} daemon off; pid {self.folder}/pid; error_log stderr; events {{}}\n"
            f"http {{ access_log off; {places} include {self.folder}/dateline.conf; }}\n"
        )
        words = ["/usr/sbin/nginx", "-e", "stderr", "-p", str(self.folder), "-c", str(main)]
        tried = subprocess.run([*words, "-t"], capture_output=True, text=True, check=False)
        assert tried.returncode == 0, tried.stderr
        return words


class Caddy(Proxy):
    """Its certificates come from an authority of its own; whether it may have one is asked."""

    def command(self):
        file = DEPLOY / "caddy" / "Caddyfile"
        tried = subprocess.run(
            ["caddy", "validate", "--adapter", "caddyfile", "--config", str(file)],
            capture_output=True, text=True, check=False, env=self.environment(),
        )  # fmt: skip
        assert tried.returncode == 0, tried.stderr
        self.trust = self.folder / "kept" / "pki" / "authorities" / "local" / "root.crt"
        here = (
            f"admin off\n\tlocal_certs\n\tskip_install_trust\n\tdefault_bind 127.0.0.1\n"
            f"\thttp_port {self.plain_port}\n\thttps_port {self.port}\n"
            f"\tstorage file_system {self.folder}/kept\n\ton_demand_tls"
        )
        text = file.read_text().replace(FRONT, f"127.0.0.1:{self.upstream}")
        adapted = self.folder / "Caddyfile"
        adapted.write_text(text.replace("on_demand_tls", here, 1))
        return ["caddy", "run", "--adapter", "caddyfile", "--config", str(adapted)]


PROXIES = {"nginx": Nginx, "caddy": Caddy}


def make_certificate(certificate, key):
    """A self-signed certificate for the hosts of these tests, for a day."""
    # No `*.localhost`: a wildcard directly below a top-level name is refused by OpenSSL.
    names = ",".join(f"DNS:{name}localhost" for name in ("", "account.", "desk.", "news."))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-keyout", key, "-out", certificate, "-days", "1", "-subj", "/CN=localhost",
         "-addext", f"subjectAltName={names}"],
        check=True, capture_output=True,
    )  # fmt: skip
