"""Writes into the index what search shows already. Every process that answers does this, in the background.

A change is found at once in every process, because each looks for changes before it searches. What is written
only spares the processes that start later, and the memory of those that run; so it may wait a while, and take
many changes together.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Lock, Timer

from kb.search.engine import IndexBroken, IndexBusy
from kb.services import indexing
from kb.services.work import Work
from kb.storage.database import DatabaseError

log = logging.getLogger(__name__)

PAUSE_S = 10.0
LONGEST_PAUSE_S = 600.0

Opening = Callable[[], AbstractContextManager[Work]]


class IndexKeeper:
    """Notice every change; one writing follows after a pause, and another where somebody else was writing."""

    def __init__(self, opening: Opening, pause: float = PAUSE_S) -> None:
        self._opening = opening
        self._shortest = self._pause = pause
        self._lock = Lock()
        self._timer: Timer | None = None
        self._writing: Timer | None = None
        self._is_stopped = False

    def notice(self) -> None:
        """Something changed that is not written yet."""
        with self._lock:
            if self._timer is None and not self._is_stopped:
                self._timer = Timer(self._pause, self._write)
                self._timer.daemon = True
                self._timer.start()

    def stop(self) -> None:
        """What was not written stays in the database, and is taken from there."""
        with self._lock:
            self._is_stopped = True
            timers = [timer for timer in (self._timer, self._writing) if timer is not None]
            self._timer = None
        for timer in timers:
            timer.cancel()
            timer.join()

    def _write(self) -> None:
        with self._lock:
            self._writing, self._timer = self._timer, None
        try:
            with self._opening() as work:
                indexing.catch_up(work)
                _commit(work)
            self._pause = self._shortest
        except IndexBusy:
            self.notice()
        except (OSError, DatabaseError) as trouble:
            # A full disk is not mended by trying all the time; answers do not need what is written.
            self._pause = min(LONGEST_PAUSE_S, self._pause * 2)
            log.error("changes cannot be written into the search index: %s", trouble)
            self.notice()


def _commit(work: Work) -> None:
    """Writes what changed; or everything, when what was written before is damaged."""
    try:
        indexing.commit(work)
    except IndexBroken as broken:
        log.warning("the search index on disk is made anew: %s", broken)
        indexing.rebuild(work)
