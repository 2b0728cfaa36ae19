"""The life of an import, and what would happen with one row of it."""

from enum import StrEnum


class Stage(StrEnum):
    """From the file that came in to drafts, and back."""

    RECEIVED = "ontvangen"
    READ = "gelezen"
    CHECKING = "controleren"
    CHECKED = "gecontroleerd"
    APPLYING = "overnemen"
    APPLIED = "overgenomen"
    UNDOING = "terugdraaien"
    UNDONE = "teruggedraaid"
    REFUSED = "geweigerd"

    @property
    def is_busy(self) -> bool:
        """Whether a process works on it now."""
        return self in BUSY


BUSY = frozenset({Stage.RECEIVED, Stage.CHECKING, Stage.APPLYING, Stage.UNDOING})


class Outcome(StrEnum):
    """What a row would do."""

    NEW = "nieuw"
    CHANGED = "gewijzigd"
    SAME = "gelijk"
    ALIKE = "lijkt"
    ERROR = "fout"
