"""A push service and browsers for tests: real HTTP, tokens checked, payloads decrypted.

`PushService` runs aiohttp in a thread of its own. Each `Browser` has keys of its own; what was
pushed to it is in `got`, decrypted as a browser would. `answers` maps a browser's name to statuses
to give instead, one a request.
"""

import asyncio
import base64
import json
import os
import threading
from collections import defaultdict
from hashlib import sha256
from hmac import digest

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()


def text_of(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def bytes_of(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Browser:
    """One subscription, with the private half that only a browser has."""

    def __init__(self, service, name):
        self.key, self.auth, self.name = ec.generate_private_key(CURVE), os.urandom(16), name
        self.point = self.key.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        self.endpoint = f"{service.origin}/push/{name}"
        self.got = []  # (fields, payload as JSON)

    @property
    def words(self):
        """The subscription as a page sends it."""
        return {
            "endpoint": self.endpoint,
            "p256dh": text_of(self.point),
            "auth": text_of(self.auth),
        }

    @property
    def texts(self):
        """The text of each notification, in the order in which they came."""
        return [payload["notification"]["body"] for _, payload in self.got]

    def decrypt(self, body):
        """What was sent to this browser."""
        private = self.key.private_numbers().private_value.to_bytes(32, "big")
        return opened(body, private=private, point=self.point, auth=self.auth)


def opened(body, *, private, point, auth):
    """RFC 8291, as the receiver reads it. `private` are the 32 bytes of its number."""
    own = ec.derive_private_key(int.from_bytes(private, "big"), CURVE)
    salt, sender = body[:16], body[21 : 21 + body[20]]
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender)
    shared = digest(auth, own.exchange(ec.ECDH(), theirs), sha256)
    info = b"WebPush: info\0" + point + sender
    mixed = digest(salt, digest(shared, info + b"\x01", sha256), sha256)
    key = digest(mixed, b"Content-Encoding: aes128gcm\0\x01", sha256)[:16]
    nonce = digest(mixed, b"Content-Encoding: nonce\0\x01", sha256)[:12]
    plain = AESGCM(key).decrypt(nonce, body[21 + body[20] :], None)
    return plain.rstrip(b"\0")[:-1]


class PushService:
    """Takes pushes on a free port of this machine until it is stopped."""

    def __init__(self):
        self.browsers, self.answers = {}, defaultdict(list)
        self.problems, self.tokens, self.connections = [], set(), set()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.runner = asyncio.run_coroutine_threadsafe(self._start(), self.loop).result(10)
        self.port = self.runner.addresses[0][1]
        self.origin = f"http://127.0.0.1:{self.port}"

    def browser(self, name):
        self.browsers[name] = Browser(self, name)
        return self.browsers[name]

    def stop(self):
        asyncio.run_coroutine_threadsafe(self.runner.cleanup(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    async def _start(self):
        app = web.Application()
        app.router.add_post("/push/{name}", self._take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner

    async def _take(self, request):
        name, body = request.match_info["name"], await request.read()
        self.connections.add(request.transport.get_extra_info("peername"))
        planned = self.answers[name].pop(0) if self.answers[name] else 201
        if isinstance(planned, int) and planned not in {201, 202}:
            return web.Response(status=planned)
        if isinstance(planned, dict):
            return web.Response(status=429, headers=planned)
        if callable(planned):
            return await planned(request)
        self._check(request)
        browser = self.browsers[name]
        browser.got.append((dict(request.headers), json.loads(browser.decrypt(body))))
        return web.Response(status=planned, headers={"Location": f"{self.origin}/m/1"})

    def _check(self, request):
        """The token of RFC 8292 must be signed for this service, and hold."""
        scheme, _, rest = request.headers["Authorization"].partition(" ")
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        told, _, signature = parts["t"].rpartition(".")
        head, claims = (json.loads(bytes_of(part)) for part in told.split("."))
        raw = bytes_of(signature)
        public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, bytes_of(parts["k"]))
        halves = (int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        public.verify(encode_dss_signature(*halves), told.encode(), ec.ECDSA(SHA256()))
        self.tokens.add(parts["t"])
        if (scheme, head) != ("vapid", {"typ": "JWT", "alg": "ES256"}):
            self.problems.append((scheme, head))
        if claims["aud"] != self.origin or not claims["sub"].startswith(
            ("https:", "mailto:", "http:")
        ):
            self.problems.append(claims)
