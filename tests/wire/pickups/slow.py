"""Servers that never come to an end: they drip, they promise, or they say nothing."""

import contextlib
import socket
import threading


class Slow:
    """Says `begins` to each caller, and `drop` again and again until it is stopped.

    `lines` is how many have called.
    """

    def __init__(self, begins=b"", drop=b"x", *, every_s=0.02, context=None):
        self.begins, self.drop, self.context, self.lines = begins, drop, context, 0
        self.every_s, self.is_over = every_s, threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.threads = [threading.Thread(target=self._serve)]
        self.threads[0].start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for thread in self.threads:
            thread.join()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                line, _ = self.listener.accept()
                self.lines += 1
                self.threads.append(threading.Thread(target=self._talk, args=(line,)))
                self.threads[-1].start()

    def _talk(self, line):
        with line, contextlib.suppress(OSError):
            line.settimeout(5)
            spoken = self.context.wrap_socket(line, server_side=True) if self.context else line
            with spoken:
                spoken.sendall(self.begins)
                while not self.is_over.wait(self.every_s):
                    spoken.sendall(self.drop)


class Imap:
    """A mailbox that says of each mail what `bodies` has: bytes as they go over the line.

    `asked` holds the numbers whose bodies were asked for.
    """

    def __init__(self, context, bodies):
        self.context, self.bodies, self.asked = context, bodies, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                plain, _ = self.listener.accept()
                plain.settimeout(5)
                with contextlib.suppress(OSError), self._wrapped(plain) as line:
                    line.sendall(b"* OK here\r\n")
                    for said in line.makefile("rb"):
                        line.sendall(self._answer(*said.split()))

    def _wrapped(self, plain):
        return self.context.wrap_socket(plain, server_side=True)

    def _answer(self, tag, verb, *rest):
        done = tag + b" OK done\r\n"
        if verb == b"CAPABILITY":
            return b"* CAPABILITY IMAP4rev1\r\n" + done
        if verb == b"EXAMINE":
            return b"* OK [UIDVALIDITY 7] valid\r\n" + done
        if b"SEARCH" in rest:
            return b"* SEARCH %s\r\n" % b" ".join(b"%d" % uid for uid in self.bodies) + done
        if b"FETCH" not in rest:
            return done
        uid = int(rest[1])
        if b"(RFC822.SIZE)" in rest:
            return b"* 1 FETCH (UID %d RFC822.SIZE 10)\r\n" % uid + done
        self.asked.append(uid)
        return self.bodies[uid].replace(b"TAG", tag)
