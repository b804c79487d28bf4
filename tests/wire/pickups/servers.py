"""Real servers on this machine: OpenSSH's sshd, Dovecot behind TLS, and one that speaks S3."""

import contextlib
import os
import pwd
import re
import shutil
import socket
import subprocess
import threading
from pathlib import Path

from tests import post_office
from tests.journeys.network import wait_until
from tests.varnishd import free_port

OPENSSH = Path(__file__).parents[3] / ".tools/openssh"
SSHD = OPENSSH / "usr/sbin/sshd"
SETTINGS = """
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
PidFile {folder}/pid
AuthorizedKeysFile {folder}/known
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM yes
Subsystem sftp internal-sftp
ForceCommand internal-sftp -d {folder}
"""


class Sshd:
    """OpenSSH's own server, of somebody without rights; `files` is what it shows."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.files, self.user = folder / "files", _nobody()
        self.files.mkdir()
        for name in ("host", "mine"):
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
            subprocess.run(command, check=True)
        shutil.copy(folder / "mine.pub", folder / "known")
        (folder / "sshd.conf").write_text(SETTINGS.format(folder=folder, port=self.port))
        self._start()

    def _start(self):
        as_nobody = {}
        if os.geteuid() == 0:
            for path in [*self.folder.parents[:3], self.folder]:
                path.chmod(0o755)
            for path in self.folder.rglob("*"):
                shutil.chown(path, self.user.pw_uid, self.user.pw_gid)
            as_nobody = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        libraries = ":".join(map(str, {path.parent for path in OPENSSH.rglob("lib*.so*")}))
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [SSHD, "-D", "-e", "-f", self.folder / "sshd.conf"],
                stderr=log,
                env={"LD_LIBRARY_PATH": libraries, "PATH": os.environ["PATH"]},
                **as_nobody,
            )
        wait_until(lambda: _listens(self.port), what="sshd")

    @property
    def host_key(self):
        return " ".join((self.folder / "host.pub").read_text().split()[:2])

    @property
    def key(self):
        return (self.folder / "mine").read_text()

    def put(self, name, data):
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if os.geteuid() == 0:
            for one in (path, path.parent):
                shutil.chown(one, self.user.pw_uid, self.user.pw_gid)
        return path

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Mailboxes:
    """Dovecot's `imap` behind TLS and a log-in of our own: the rest of the talk is Dovecot's."""

    user, password = "news@paper.example", "s3cret"

    def __init__(self):
        self.office = post_office.PostOffice()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.certificate, self.context = self.office.certificate, self.office.context
        self.running = threading.Thread(target=self._serve, daemon=True)
        self.running.start()

    def put(self, data):
        self.office.lay(self.user, data)

    def stop(self):
        self.listener.close()
        self.office.stop()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                plain, _ = self.listener.accept()
                threading.Thread(target=self._talk, args=(plain,), daemon=True).start()

    def _talk(self, plain):
        with (
            contextlib.suppress(OSError),
            self.context.wrap_socket(plain, server_side=True) as line,
        ):
            reader = line.makefile("rb")
            line.sendall(b"* OK IMAP4rev1 ready\r\n")
            if self._lets_in(line, reader):
                self._hand_over(line, reader)

    def _lets_in(self, line, reader):
        wanted = f'LOGIN {self.user} "{self.password}"'.encode()
        while said := reader.readline():
            tag, _, rest = said.strip().partition(b" ")
            if rest.upper() == b"CAPABILITY":
                line.sendall(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n")
            elif rest == wanted:
                line.sendall(tag + b" OK in\r\n")
                return True
            elif rest.upper() == b"LOGOUT":
                line.sendall(b"* BYE\r\n" + tag + b" OK out\r\n")
                return False
            else:
                line.sendall(tag + b" NO [AUTHENTICATIONFAILED] Authentication failed.\r\n")
        return False

    def _hand_over(self, line, reader):
        command = ["sh", "-c", self.office.imap_of(self.user)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process.stdout.readline()  # PREAUTH: the client is let in already

        def back():
            while piece := process.stdout.read1(65536):
                line.sendall(piece)

        answers = threading.Thread(target=back, daemon=True)
        answers.start()
        while said := reader.readline():
            process.stdin.write(said)
            process.stdin.flush()
            if re.search(rb"\blogout\s*$", said, re.IGNORECASE):
                break
        process.stdin.close()
        answers.join()
        process.stdout.close()
        process.wait()


def _nobody():
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def _listens(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False
