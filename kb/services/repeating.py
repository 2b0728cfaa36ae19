"""A request that is sent twice is done once: the second time it gets the answer of the first."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from kb.domain.problems import FieldError, Invalid
from kb.services.work import Work
from kb.storage.tokens import answer_of, forget_answers_before, reserve_answer

KEPT = timedelta(days=1)
HEADER = "Idempotency-Key"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it goes out."""

    status: int
    body: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks, under which key of their own, and everything that was asked."""

    token_id: int
    key: str
    asked: tuple[str, ...]
    body: bytes

    @property
    def fingerprint(self) -> str:
        said = "\n".join(self.asked).encode() + b"\n" + self.body
        return hashlib.sha256(said).hexdigest()


def once(work: Work, request: Request, do: Callable[[], Reply]) -> Reply:
    """Does it, in one transaction with keeping the answer; what fails is not kept.

    Without a key it is simply done. Raises Invalid where the key stood for something else before.
    """
    if not request.key:
        return do()
    forget_answers_before(work.session, work.now - KEPT)
    if reserve_answer(work.session, request.token_id, request.key, request.fingerprint, now=work.now):
        reply = do()
        row = answer_of(work.session, request.token_id, request.key)
        assert row is not None  # noqa: S101 - reserved above
        row.status, row.body, row.headers = reply.status, reply.body, dict(reply.headers)
        return reply
    row = answer_of(work.session, request.token_id, request.key)
    if row is None or row.status is None or row.fingerprint != request.fingerprint:
        raise Invalid((FieldError(HEADER, "This key was used before for another request."),))
    return Reply(row.status, row.body, row.headers)
