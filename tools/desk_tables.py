"""The tables of docs/desk.md, written from the permissions themselves: python tools/desk_tables.py"""

from pathlib import Path

from kb.domain.permissions import ANY, LIVE, PERMISSIONS, Condition
from kb.domain.workflow import MOVES, Action, Role, Status
from kb.language.labels import label
from kb.language.texts import speaking

PAGE = Path(__file__).parent.parent / "docs/desk.md"
START, END = "<!-- {name}: python tools/desk_tables.py -->", "<!-- einde -->"
ROLES = (Role.COORDINATOR, Role.REVIEWER, Role.MINISTRY, Role.ADMINISTRATOR)
WORDS = {
    Condition.NEAR: "in de eigen regio",
    Condition.FAR: "buiten de eigen regio",
    Condition.STAYS_NEAR: "met een eigen regio",
    Condition.OTHER_EYES: "niet zelf aan geschreven",
    Condition.IS_PUBLIC: "als het openbaar is",
}


def tables() -> dict[str, str]:
    """What stands between the marks, by name."""
    with speaking("nl"):
        return {"rechten": _permissions(), "stappen": _moves()}


def filled(page: str) -> str:
    """The page with the tables as they should be."""
    for name, table in tables().items():
        start = START.format(name=name)
        before, _, rest = page.partition(start)
        page = f"{before}{start}\n{table}\n{END}{rest.partition(END)[2]}"
    return page


def _permissions() -> str:
    head = ["", *(label(role) for role in ROLES)]
    return _table(head, [[label(action), *(_cell(role, action) for role in ROLES)] for action in Action])


def _cell(role: Role, action: Action) -> str:
    rule = PERMISSIONS.get((role, action))
    if rule is None:
        return "–"
    words = (_states(rule.states), *(WORDS[each] for each in rule.conditions))
    return "; ".join(filter(None, words)) or "altijd"


def _states(states: frozenset[Status]) -> str:
    if states == ANY:
        return ""
    if states == LIVE:
        return "niet ingetrokken"
    return ", ".join(label(status).lower() for status in Status if status in states)


def _moves() -> str:
    rows = [[label(before), label(action), label(after)] for (before, action), after in MOVES.items()]
    return _table(["van", "door", "naar"], rows)


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
