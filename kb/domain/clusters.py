"""Groups of initiatives that may be one approach: their states, and the name that their members make."""

import hashlib
from collections.abc import Iterable
from enum import StrEnum


class ClusterState(StrEnum):
    """What became of a candidate; the value is what the audit trail says."""

    OPEN = "open"
    ACCEPTED = "een aanpak"
    DISMISSED = "geen aanpak"
    SPLIT = "gesplitst"


def key_of(members: Iterable[int]) -> str:
    """The same members always make the same name, so a group that was dismissed is known again."""
    words = ",".join(str(one) for one in sorted(members))
    return hashlib.sha256(words.encode()).hexdigest()[:16]
