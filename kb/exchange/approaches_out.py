"""The approaches as `kb seed` reads them."""

from collections.abc import Iterable

from kb.domain.content import Approach
from kb.schemas.approaches import write_approach
from kb.schemas.documents import write_yaml


def approaches_yaml(approaches: Iterable[Approach]) -> bytes:
    return write_yaml([write_approach(approach) for approach in approaches]).encode()
