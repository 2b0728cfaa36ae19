"""Sends waiting mail beside the requests, so that nobody waits for a mail server or learns from its time."""

import logging
from threading import Event, Lock, Thread

from flask import Flask, Response, request

from kb.runtime import Runtime
from kb.services import resetting

log = logging.getLogger(__name__)

EVERY_S = 60
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Postman:
    """One thread for each process, begun at the first request that may have written a mail."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._wanted = Event()
        self._lock = Lock()
        self._thread: Thread | None = None

    def call(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._walk, name="postman", daemon=True)
                self._thread.start()
        self._wanted.set()

    def _walk(self) -> None:
        while True:
            self._wanted.wait(EVERY_S)
            self._wanted.clear()
            try:
                resetting.send_mail(self._runtime.work, self._runtime.post)
            except Exception:
                log.exception("the postman stumbled and goes on")


def prepare(app: Flask, runtime: Runtime) -> None:
    postman = Postman(runtime)

    def call(response: Response) -> Response:
        # Tests send the mail themselves.
        if request.method in CHANGING and not app.testing:
            postman.call()
        return response

    app.after_request(call)
