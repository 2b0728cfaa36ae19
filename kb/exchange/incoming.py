"""A file that came in, as plain values: sheets of cells or documents, with what there is to say about it."""

import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from kb.domain.problems import Problem
from kb.exchange.cells import Cell

# No database or workbook keeps these, and no page shows them.
UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Remark:
    """A message id of the catalogue with what fills its named places."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)


class Unusable(Problem):
    """The file as a whole cannot be taken in; `remark` says why and what to do."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.remark = Remark(message, values)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A cell that cannot be used, by its row and column from 0."""

    row: int
    column: int
    remark: Remark


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells from the very first row on, so that row numbers are those of the spreadsheet."""

    name: str
    rows: list[list[Cell]]
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """Sheets, or documents in the import format where the file is YAML or JSON."""

    sheets: tuple[Sheet, ...] = ()
    documents: tuple[Any, ...] = ()
    remarks: tuple[Remark, ...] = ()
    is_table: bool = True

    def packed(self) -> bytes:
        """Everything in one piece, to be kept between two steps."""
        plain = {
            "sheets": [
                [sheet.name, sheet.rows, [[t.row, t.column, *_packed(t.remark)] for t in sheet.troubles]]
                for sheet in self.sheets
            ],
            "documents": list(self.documents),
            "remarks": [_packed(remark) for remark in self.remarks],
            "is_table": self.is_table,
        }
        return zlib.compress(json.dumps(plain).encode(), level=1)

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        plain = json.loads(zlib.decompress(data))
        return cls(
            sheets=tuple(
                Sheet(name, rows, tuple(Trouble(r, c, Remark(m, v)) for r, c, m, v in troubles))
                for name, rows, troubles in plain["sheets"]
            ),
            documents=tuple(plain["documents"]),
            remarks=tuple(Remark(*remark) for remark in plain["remarks"]),
            is_table=plain["is_table"],
        )


def keepable(value: Any) -> Any:
    """The same without characters that no database keeps; only for showing, after the check."""
    if isinstance(value, str):
        return UNKEEPABLE.sub(REPLACEMENT, value)
    if isinstance(value, Mapping):
        return {keepable(str(key)): keepable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [keepable(item) for item in value]
    return value


def listed(names: Iterable[str]) -> str:
    """Names in a remark."""
    return ", ".join(names)


def _packed(remark: Remark) -> list[Any]:
    return [remark.message, dict(remark.values)]
