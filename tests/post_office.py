"""A mail server with mailboxes: mail comes by SMTP over TLS, and is fetched by IMAP from Dovecot.

Dovecot's `imap` is spoken to over a pipe, pre-authenticated (RFC 3501, 3), as mail programs do
through a tunnel: the very program that serves mailboxes everywhere, and no server to look after.
"""

import grp
import imaplib
import mailbox
import os
import pwd
import shlex
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
from email import message_from_bytes, policy
from pathlib import Path
from types import SimpleNamespace

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tests.journeys.network import wait_until
from tests.varnishd import free_port

DOVECOT = Path(__file__).parents[1] / ".tools/dovecot"
IMAP = DOVECOT / "usr/lib/dovecot/imap"
SETTINGS = """
protocols = imap
ssl = no
base_dir = {folder}/base
state_dir = {folder}/state
libexec_dir = {dovecot}/usr/lib/dovecot
mail_plugin_dir = {dovecot}/usr/lib/dovecot/modules
mail_location = maildir:{folder}/mail/%u
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
log_path = {folder}/dovecot.log
stats_writer_socket_path =
"""


class PostOffice:
    """Takes any mail for anybody. `taken` holds (recipient, raw mail) in the order they came.

    After `hold_after(n, words)` it answers n more mails with these words in them and leaves the
    others of them waiting, until `go_on`.
    """

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="post-office-"))
        self.taken, self.gate = [], threading.Event()
        self.counting, self.free, self.words = threading.Lock(), sys.maxsize, b""
        self.reader = _reader_of_mailboxes()
        self.folder.chmod(0o755)
        names = {"user": self.reader.pw_name, "group": _group_of(self.reader)}
        written = SETTINGS.format(folder=self.folder, dovecot=DOVECOT, **names)
        (self.folder / "dovecot.conf").write_text(written)
        self.certificate, self.context = _certificate(self.folder)
        self.port = free_port()
        self.door = _Door(self, hostname="127.0.0.1", port=self.port, tls_context=self.context)
        self.door.start()

    @property
    def settings(self):
        """What a network's processes are told, so that their mail comes here."""
        return {
            "DATELINE_MAIL_URL": f"smtp://127.0.0.1:{self.port}",
            "SSL_CERT_FILE": str(self.certificate),
        }

    def hold_after(self, count, words):
        self.gate.clear()
        self.free, self.words = count, words

    def go_on(self):
        self.free = sys.maxsize
        self.gate.set()

    def stop(self):
        self.go_on()
        self.door.stop()
        shutil.rmtree(self.folder)

    async def take(self, server, session, envelope):
        """Lay a mail into its mailboxes before it is answered, as RFC 5321 wants."""
        await server.loop.run_in_executor(None, self._keep, envelope)
        return "250 2.0.0 kept"

    def _keep(self, envelope):
        if self.words in envelope.original_content and not self._is_free():
            self.gate.wait()
        for address in envelope.rcpt_tos:
            self.lay(address, envelope.original_content)
            self.taken.append((address, envelope.original_content))

    def lay(self, address, mail):
        """Put a mail into somebody's mailbox."""
        place = self.folder / "mail" / address.lower()
        place.parent.mkdir(exist_ok=True)
        mailbox.Maildir(place, create=True).add(mail)
        self._hand_over(place)

    def _is_free(self):
        with self.counting:
            self.free -= 1
            return self.free >= 0

    def _hand_over(self, place):
        if os.geteuid() == 0:  # Dovecot opens no mailbox as root
            for path in [place, *place.rglob("*")]:
                shutil.chown(path, self.reader.pw_uid, self.reader.pw_gid)

    def fetched(self, address):
        """Everything in somebody's mailbox, by IMAP, the oldest first."""
        if not (self.folder / "mail" / address.lower()).exists():
            return []
        box = imaplib.IMAP4_stream(self.imap_of(address))
        try:
            box.select("INBOX", readonly=True)
            _, found = box.fetch("1:*", "(BODY.PEEK[])")
            return [message_from_bytes(one[1], policy=policy.default) for one in found if one[1:]]
        finally:
            box.logout()

    def imap_of(self, address):
        """The command that speaks IMAP about somebody's mailbox, let in already."""
        conf = ["-f", "service=imap", "-c", str(self.folder / "dovecot.conf"), "-m", "imap", "-p"]
        words = [
            "exec", "env", f"LD_LIBRARY_PATH={IMAP.parent}", f"USER={address.lower()}",
            f"HOME={self.folder}", str(DOVECOT / "usr/bin/doveconf"), *conf, "-e", str(IMAP),
        ]  # fmt: skip
        return f"{shlex.join(words)} 2>> {self.folder}/dovecot.log"

    def letter(self, address, fits):
        """The newest mail to somebody of which `fits` is true, fetched once it has come."""
        seen = []

        def found():
            count = sum(to.lower() == address.lower() for to, _ in list(self.taken))
            if [count] == seen[-1:]:
                return None
            seen.append(count)
            return next(filter(fits, reversed(self.fetched(address))), None)

        return wait_until(found, what=f"a mail to {address}")


class _Door(Controller):
    """Where mail comes in: TLS is asked for, as our networks ask for it too."""

    def __init__(self, office, **options):
        self.context = options.pop("tls_context")
        super().__init__(SimpleNamespace(handle_DATA=office.take), **options)

    def factory(self):
        return SMTP(self.handler, tls_context=self.context, require_starttls=True)


def is_here():
    return IMAP.exists()


def _reader_of_mailboxes():
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def _group_of(person):
    return grp.getgrgid(person.pw_gid).gr_name


def _certificate(folder):
    cert, key = folder / "cert.pem", folder / "key.pem"
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    subprocess.run(
        ["openssl", "req", "-x509", *curve, "-nodes", "-days", "2", *names,
         "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return cert, context
