"""One piece of work: a transaction with everything a deed needs, and the list of what it changed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from kb.domain.terms import Vocabulary
from kb.search.catalogue import Catalogue
from kb.search.similar import Lookalikes
from kb.services.office import Office
from kb.storage.database import Session

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Work:
    """What a deed works with. The runtime opens it, commits it and lets the index follow.

    `origin` says which door the deed came through, for the audit trail.
    """

    session: Session
    vocabulary: Vocabulary
    catalogue: Catalogue
    office: Office
    clock: Clock = utc_now
    origin: str = "opdrachtregel"
    lookalikes: Lookalikes = field(default_factory=Lookalikes)
    _now: datetime | None = field(default=None, init=False)

    @property
    def now(self) -> datetime:
        """One moment for the whole deed."""
        if self._now is None:
            self._now = self.clock()
        return self._now

    @property
    def this_year(self) -> int:
        return self.now.year
