"""Everything that can be asked of the API, as a table: where, what comes back, and what can go wrong."""

from kb.schemas.openapi.importing import IMPORTING
from kb.schemas.openapi.operation import Operation
from kb.schemas.openapi.reading import READING
from kb.schemas.openapi.writing import RECKONING, WRITING

OPERATIONS: tuple[Operation, ...] = (*READING, *RECKONING, *WRITING, *IMPORTING)
