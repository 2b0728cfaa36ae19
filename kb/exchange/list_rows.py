"""The lists of an initiative after the rows of a file: which row is which item, what changed, what is new."""

from typing import Any

from kb.domain.problems import FieldError
from kb.exchange.cells import as_words, is_blank
from kb.exchange.flat import HELD_BY, ROLES, SHORTCUTS, SOURCES, STUDY, short_form
from kb.exchange.overlaying import Document, Overlay, grouped, plant
from kb.exchange.proposals import Filled, Line, Misplaced, Proposal
from kb.language.texts import mark as _
from kb.schemas.columns import Table, tables

NO_STUDY = _("There is no study with the key “%(key)s” on the sheet of the studies.")
Items = list[Document]
# The schema refuses a longer list anyhow, so nobody compares its rows.
MOST_ROWS = 600


def take_lists(made: Overlay, proposal: Proposal) -> None:
    """The rows of the sheets; where a list has none, its short form in the row of the initiative itself."""
    short = grouped(proposal.line.cells if proposal.line else ())
    for table in tables():
        lines = proposal.lists.get(table.key)
        if lines is None or not (lines or made.reading.clear):
            continue
        if not lines and any(HELD_BY[key] == table.key for key in short if key in SHORTCUTS):
            continue
        if "." in table.key:
            _take_deeper(made, table, lines)
        else:
            items, shown = made.base.get(table.key, []), made.shown.get(table.key, [])
            _put(made.document, table.key, _rows(made, table, items, shown, lines, table.key))
    for target, cells in short.items():
        if proposal.line and target in SHORTCUTS and not proposal.lists.get(HELD_BY[target]):
            _take_short_form(made, target, proposal.line, cells)


def _take_deeper(made: Overlay, table: Table, lines: list[Line]) -> None:
    """The effects of each study, found by its key."""
    above, _, inner = table.key.rpartition(".")
    holders: Items = made.document.get(above, [])
    keys = [holder.get("sleutel", "") for holder in holders]
    for line in lines:
        if line.words(STUDY) not in keys and not (len(keys) == 1 and not line.words(STUDY)):
            error = FieldError(table.key, NO_STUDY, {"key": line.words(STUDY)[:60]})
            made.errors.append(Misplaced(line.place, error))
    for number, (holder, key) in enumerate(zip(holders, keys, strict=True)):
        own = [line for line in lines if line.words(STUDY) in ((key, "") if len(keys) == 1 else (key,))]
        if own or made.reading.clear:
            items, shown = holder.get(inner, []), _shown_rows(made, above, key, inner)
            rows = _rows(made, table, items, shown, own, f"{above}.{number}.{inner}")
            _put(holder, inner, rows)


def _shown_rows(made: Overlay, above: str, key: str, inner: str) -> Items:
    """The rows of the study with this key, as files of ours show them."""
    studies: Items = made.shown.get(above, [])
    return next((study.get(inner, []) for study in studies if study.get("sleutel") == key), [])


def _rows(made: Overlay, table: Table, items: Items, shown: Items, lines: list[Line], path: str) -> Items:
    """The items after these rows. An empty cell of a file that knows our addresses empties, and a row that
    is gone takes its item along; other files only add."""
    same = _same_items(made, table, shown, lines)
    left = [place for place in range(len(items)) if place not in same.values()]
    found: Items = [] if made.reading.clear else list(items)
    for number, line in enumerate(lines):
        place = same.get(number)
        if place is None and left and made.reading.clear:
            place = left.pop(0)
            item = _overlaid(made, table, items[place], shown[place], line, f"{path}.{len(found)}")
        elif place is None:
            item = _overlaid(made, table, {}, {}, line, f"{path}.{len(found)}")
        elif made.reading.clear:
            item = items[place]
        else:
            continue
        found.append(item)
    return found


def _same_items(made: Overlay, table: Table, items: Items, lines: list[Line]) -> dict[int, int]:
    """For each row the item that it says again, mostly the one with its number; an item has one row."""
    same: dict[int, int] = {}
    left = list(range(len(items)))
    for number, line in enumerate(lines[:MOST_ROWS]):
        for place in sorted(left, key=lambda place: place != number):
            if _is_same(made, table, items[place], line):
                same[number] = place
                left.remove(place)
                break
    return same


def _is_same(made: Overlay, table: Table, item: Document, line: Line) -> bool:
    trial = Overlay({}, {}, {}, made.reading)
    return _overlaid(trial, table, item, item, line, "") == item and not trial.errors


def _overlaid(
    made: Overlay, table: Table, item: Document, shown: Document, line: Line, path: str
) -> Document:
    document = dict(item)
    for target, cells in grouped(line.cells).items():
        column = table.column(target)
        if column is None:
            continue
        known = document.get(target)
        value = made.take(column, known, shown.get(target), line, cells)
        if value != known:
            plant(document, target, value)
        made.places[f"{path}.{target}"] = (line, cells[0])
    made.places[path] = (line, line.cells[0])
    return document


def _take_short_form(made: Overlay, key: str, line: Line, cells: list[Filled]) -> None:
    said = [words.strip() for one in cells for words in _items(one) if words.strip()]
    known = short_form(made.base, key)
    if said == known or not (said or made.reading.clear):
        return
    where = (line, cells[0])
    if key == SOURCES:
        _take_sources(made, said, where)
    else:
        _take_organisations(made, key, said, where)


def _items(filled: Filled) -> list[str]:
    if is_blank(filled.cell):
        return []
    return as_words(filled.cell).replace(";", "\n").split("\n")


def _take_organisations(made: Overlay, key: str, names: list[str], where: tuple[Line, Filled]) -> None:
    """Those with this part are the named ones, from where the first of them stood; the lead comes first."""
    role = ROLES[key].value
    items: Items = made.document.get("organisaties", [])
    known = {item.get("naam"): item for item in items if item.get("rol") == role}
    first = next((place for place, item in enumerate(items) if item.get("rol") == role), None)
    others = [item for item in items if item.get("rol") != role]
    start = 0 if role == ROLES["trekker"].value else len(others) if first is None else first
    fresh: Items = [known.get(name, {"naam": name, "rol": role}) for name in names]
    start = min(start, len(others))
    made.places.update({f"organisaties.{start + number}": where for number in range(len(fresh))})
    _put(made.document, "organisaties", [*others[:start], *fresh, *others[start:]])


def _take_sources(made: Overlay, addresses: list[str], where: tuple[Line, Filled]) -> None:
    """A source that was known keeps its title; a new one is called after the initiative, read today."""
    known = {item.get("adres"): item for item in made.document.get("bronnen", [])}
    title = made.document.get("titel", "")
    found: Items = []
    for number, words in enumerate(addresses):
        address = f"https://{words}" if words.lower().startswith("www.") else words
        fresh = {"titel": title or address, "adres": address, "opgehaald": made.reading.today}
        found.append(known.get(address, fresh))
        made.places[f"bronnen.{number}"] = where
    _put(made.document, "bronnen", found)


def _put(document: Document, key: str, items: Any) -> None:
    if items:
        document[key] = items
    else:
        document.pop(key, None)
