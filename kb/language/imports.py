"""What an import tells people: what a row would do, what is wrong with it, why a file cannot be read."""

from collections.abc import Mapping
from typing import Any

from kb.domain.imports import Outcome, Stage
from kb.language.texts import gettext, mark, ngettext

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.NEW: mark("New draft"),
    Outcome.CHANGED: mark("Changed"),
    Outcome.SAME: mark("The same"),
    Outcome.ALIKE: mark("Looks like one that is there"),
    Outcome.ERROR: mark("Error"),
}
STAGES: Mapping[Stage, str] = {
    Stage.RECEIVED: mark("The file is being read"),
    Stage.READ: mark("Waits for your columns"),
    Stage.CHECKING: mark("Every row is being checked"),
    Stage.CHECKED: mark("Checked, not taken over yet"),
    Stage.APPLYING: mark("Drafts are being written"),
    Stage.APPLIED: mark("Taken over as drafts"),
    Stage.UNDOING: mark("Being taken back"),
    Stage.UNDONE: mark("Taken back"),
    Stage.REFUSED: mark("Cannot be read"),
}
# Places in a text that hold a text of ours.
OWN_WORDS = ("what",)


def outcome_name(outcome: Outcome) -> str:
    return gettext(OUTCOMES[outcome])


def stage_name(stage: Stage) -> str:
    return gettext(STAGES[stage])


def outcome_line(outcome: Outcome, number: int) -> str:
    """How many rows would do this."""
    lines = {
        Outcome.NEW: ngettext("%(n)s new draft", "%(n)s new drafts", number),
        Outcome.CHANGED: ngettext("%(n)s initiative changed", "%(n)s initiatives changed", number),
        Outcome.SAME: ngettext("%(n)s row the same as it is", "%(n)s rows the same as they are", number),
        Outcome.ALIKE: ngettext(
            "%(n)s row looks like an initiative that is there already",
            "%(n)s rows look like initiatives that are there already",
            number,
        ),
        Outcome.ERROR: ngettext("%(n)s row with an error", "%(n)s rows with an error", number),
    }
    return lines[outcome]


def remark_text(message: str, values: Mapping[str, object]) -> str:
    """A remark about a file in the reader's language."""
    said = {name: gettext(str(value)) if name in OWN_WORDS else value for name, value in values.items()}
    return gettext(message, **said)


def error_text(error: Mapping[str, Any]) -> str:
    """What is wrong with a cell and what to do, without its place."""
    return remark_text(error["message"], error["values"])


def row_error(error: Mapping[str, Any]) -> str:
    """What is wrong, with row, column and value in front."""
    text = error_text(error)
    if error["column"] and not error["value"]:
        return gettext(
            "Row %(row)s, column %(column)s (%(heading)s): %(text)s",
            row=error["row"],
            column=error["column"],
            heading=error["heading"],
            text=text,
        )
    if error["column"]:
        return gettext(
            "Row %(row)s, column %(column)s (%(heading)s), “%(value)s”: %(text)s",
            row=error["row"],
            column=error["column"],
            heading=error["heading"],
            value=error["value"],
            text=text,
        )
    if error["field"]:
        return gettext("Row %(row)s, %(field)s: %(text)s", row=error["row"], field=error["field"], text=text)
    return gettext("Row %(row)s: %(text)s", row=error["row"], text=text)


def cell_error(error: Mapping[str, Any]) -> str:
    """What is wrong for in the row itself: the column is named, the row is not."""
    name = error["heading"] or error["field"]
    text = error_text(error)
    return gettext("%(name)s: %(text)s", name=name, text=text) if name else text
