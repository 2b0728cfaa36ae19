"""What a file says of an initiative, laid over what is known of it.

A cell that says what the site would have written there changes nothing, in whatever words or language.
"""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from kb.domain.problems import FieldError
from kb.exchange.cells import Cell, Unclear, Voice, alike, is_blank, read, written
from kb.exchange.flat import KEYS, SHORTCUTS, at
from kb.exchange.proposals import BEYOND, Filled, Line, Misplaced, Place, Proposal
from kb.exchange.targets import flat_column
from kb.language.texts import LANGUAGES, speaking
from kb.schemas.columns import Column

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of one file are understood: words, the day, and whether an empty cell empties a field.

    `voices` are all ways in which the site itself would write a cell.
    """

    voice: Voice
    today: str
    clear: bool
    voices: tuple[Voice, ...] = field(init=False)

    def __post_init__(self) -> None:
        vocabulary, approaches = self.voice.vocabulary, self.voice.approaches
        said = (Voice(vocabulary, language, approaches=approaches) for language in LANGUAGES)
        object.__setattr__(self, "voices", (Voice(vocabulary, for_people=False), *said))


@dataclass(slots=True)
class Overlay:
    """The document as it would become, and for each path in it the cell that it came from.

    `shown` is `base` as our own files show it, with counts of a few people hidden; those come back unharmed.
    """

    base: Document
    shown: Document
    document: Document
    reading: Reading
    places: dict[str, tuple[Line, Filled]] = field(default_factory=dict)
    errors: list[Misplaced] = field(default_factory=list)

    def place_of(self, path: str, otherwise: Place) -> Place:
        """The cell that an error at this path is about: the nearest one above it."""
        steps = path.split(".")
        for length in range(len(steps), 0, -1):
            if found := self.places.get(".".join(steps[:length])):
                return found[0].place_of(found[1])
        return otherwise

    def take(self, column: Column, known: Any, shown: Any, line: Line, cells: list[Filled]) -> Any:
        """The value after these cells: what was known where they say what is shown, or where one is wrong."""
        filled = [one for one in cells if not is_blank(one.cell) or one.trouble]
        if not filled:
            return None if self.reading.clear and shown is not None else known
        if wrong := [one for one in filled if one.trouble]:
            for one in wrong:
                assert one.trouble is not None  # noqa: S101
                self._refuse(line, one, FieldError("", one.trouble.message, one.trouble.values))
            return known
        try:
            value = _together(column, filled, self.reading.voice)
        except Unclear as unclear:
            self._refuse(line, filled[0], unclear.error)
            return known
        if value == shown:
            return known
        if shown is None or len(filled) > 1:
            return value
        return known if self._says(column, filled[0].cell, shown) else value

    def _says(self, column: Column, cell: Cell, shown: Any) -> bool:
        """Whether the site would write what is shown in the words of this cell."""
        for voice in self.reading.voices:
            with speaking(voice.language):
                if alike(cell, written(column, shown, voice)):
                    return True
        return False

    def _refuse(self, line: Line, filled: Filled, error: FieldError) -> None:
        self.errors.append(Misplaced(line.place_of(filled), error))


def overlay(
    proposal: Proposal, base: Document, reading: Reading, *, shown: Document | None = None
) -> Overlay:
    """The document of the proposal; `base` is that of the initiative as it is, empty for a new one."""
    made = Overlay(base, base if shown is None else shown, deepcopy(base), reading)
    if proposal.document is not None:
        made.document = _whole(made, proposal.document)
        return made
    if proposal.line is not None:
        _take_line(made, proposal.line)
    return made


def _whole(made: Overlay, document: Any) -> Any:
    """A whole document takes the place of what is there; what it repeats of what is shown stays as it was."""
    if not isinstance(document, dict):
        return document
    own = {key: value for key, value in document.items() if key not in KEYS}
    return own if made.shown is made.base else _uncovered(own, made.base, made.shown)


def _uncovered(value: Any, base: Any, shown: Any) -> Any:
    """The value with what was hidden in `shown` put back, wherever it says the same as `shown`."""
    if value == shown:
        return base
    if isinstance(value, dict) and isinstance(shown, dict) and isinstance(base, dict):
        hidden = {key: one for key, one in base.items() if key not in shown and key not in value}
        known = {key: _uncovered(one, base.get(key), shown.get(key)) for key, one in value.items()}
        return {**hidden, **known}
    if isinstance(value, list) and isinstance(shown, list) and isinstance(base, list):
        pairs = list(zip(base, shown, strict=False))
        rest = value[len(pairs) :]
        return [*(_uncovered(one, *pair) for one, pair in zip(value, pairs, strict=False)), *rest]
    return value


def _take_line(made: Overlay, line: Line) -> None:
    """The fields of the initiative itself; short forms of its lists come after the lists."""
    for target, cells in grouped(line.cells).items():
        column = flat_column(target)
        if target in SHORTCUTS or column is None or column.field is None:
            continue
        known = at(made.base, target)
        value = made.take(column.field, known, at(made.shown, target), line, cells)
        if value != known:
            plant(made.document, target, value)
        made.places[target] = (line, next((one for one in cells if not is_blank(one.cell)), cells[0]))


def grouped(cells: Iterable[Filled]) -> dict[str, list[Filled]]:
    """The cells of each target: several columns can fill one list."""
    found: dict[str, list[Filled]] = {}
    for one in cells:
        if one.target not in (*KEYS, BEYOND):
            found.setdefault(one.target, []).append(one)
    return found


def plant(document: Document, path: str, value: Any) -> None:
    """Puts the value at the path; None takes away what stands there."""
    *way, last = path.split(".")
    for step in way:
        document = document.setdefault(step, {})
    if value is None:
        document.pop(last, None)
    else:
        document[last] = value


def _together(column: Column, filled: list[Filled], voice: Voice) -> Any:
    if not column.several:
        return read(column, filled[0].cell, voice, kind=filled[0].kind)
    values: list[Any] = []
    for one in filled:
        values += [each for each in read(column, one.cell, voice, kind=one.kind) if each not in values]
    return values
