"""A workbook that came in: looked over within bounds first, then read."""

from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from kb.exchange.cells import Cell
from kb.exchange.incoming import Incoming, Remark, Sheet, Unusable, listed
from kb.exchange.limits import SHEETS, SHOWN
from kb.exchange.looking_over import Looked, cell_name, look_over
from kb.language.texts import mark as _


def read_workbook(data: bytes) -> Incoming:
    """The sheets that people see; raises Unusable."""
    looked = look_over(data)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        return _incoming(book, looked)
    except PasswordError:
        raise Unusable(_("This workbook has a password. Save it without one.")) from None
    except (CalamineError, XmlError, ZipError) as error:
        raise Unusable(_("This workbook is damaged: %(reason)s."), reason=str(error)[:100]) from None


def _incoming(book: CalamineWorkbook, looked: dict[str, Looked]) -> Incoming:
    shown = [
        each.name
        for each in book.sheets_metadata
        if each.visible is SheetVisibleEnum.Visible and each.typ is SheetTypeEnum.WorkSheet
    ]
    hidden = [each.name for each in book.sheets_metadata if each.visible is not SheetVisibleEnum.Visible]
    if len(shown) > SHEETS:
        raise Unusable(_("There are %(n)s sheets; at most %(most)s can be read."), n=len(shown), most=SHEETS)
    remarks: list[Remark] = []
    if hidden:
        message = _("Hidden sheets are not read: %(names)s.")
        remarks.append(Remark(message, {"names": listed(hidden[:SHOWN])}))
    sheets = []
    for name in shown:
        sheet = book.get_sheet_by_name(name)
        found = looked.get(name, Looked())
        sheets.append(Sheet(name, _rows(sheet), tuple(found.troubles)))
        remarks += _remarks(name, sheet, found)
    return Incoming(tuple(sheets), remarks=tuple(remarks))


def _remarks(name: str, sheet: CalamineSheet, looked: Looked) -> Iterator[Remark]:
    if merged := sheet.merged_cell_ranges:
        places = [f"{cell_name(*start)}:{cell_name(*end)}" for start, end in merged[:SHOWN]]
        message = _(
            "On sheet “%(sheet)s” cells are merged (%(places)s). Only the first of them counts; "
            "the others are empty. Undo the merging if each row should have it."
        )
        yield Remark(message, {"sheet": name, "places": listed(places)})
    if looked.formulas:
        message = _(
            "On sheet “%(sheet)s” there are formulas (%(places)s). What they gave in Excel is taken in."
        )
        yield Remark(message, {"sheet": name, "places": listed(looked.formulas[:SHOWN])})


def _rows(sheet: CalamineSheet) -> list[list[Cell]]:
    return [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _cell(value: Any) -> Cell:
    """Plain values: whole numbers without decimals, days and times as ISO writes them."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return value if isinstance(value, bool | int | float) else str(value)
