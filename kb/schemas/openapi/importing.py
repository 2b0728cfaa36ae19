"""Sending a whole file: what a program asks to bring a spreadsheet in, and to take it back."""

from kb.domain.scopes import Scope
from kb.language.texts import gettext as _
from kb.language.texts import mark
from kb.schemas.collections import IMPORT_ROWS
from kb.schemas.openapi import parameters as given
from kb.schemas.openapi.kinds import Shape
from kb.schemas.openapi.operation import IMPORT, Operation
from kb.schemas.openapi.parameters import Ground
from kb.schemas.resources.imports import ImportResource, ImportRowResource

HERE = "/importen/{sleutel}"
# What a file may say that it is; what is in it decides.
FILE_KINDS = (
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/yaml",
    "application/json",
)
PROBLEMS = (400, 401, 403, 404)


def _key(_ground: Ground) -> list[Shape]:
    shape = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
    return [given.in_path("sleutel", shape, _("The key of the import."))]


IMPORTING: tuple[Operation, ...] = (
    Operation(
        "importeer",
        "post",
        "/importen",
        IMPORT,
        mark("Send a file; its columns are recognised and every row is checked, nothing is written yet"),
        ImportResource,
        parameters=lambda _ground: [given.idempotency_key()],
        sends=FILE_KINDS,
        status=201,
        problems=(400, 401, 403, 413, 415),
        scope=Scope.WRITE,
    ),
    Operation(
        "leesImport",
        "get",
        HERE,
        IMPORT,
        mark("How far the import is, and how many rows would do what"),
        ImportResource,
        parameters=_key,
        problems=PROBLEMS,
        scope=Scope.LOOK,
    ),
    Operation(
        "leesImportRijen",
        "get",
        f"{HERE}/rijen",
        IMPORT,
        mark("What would happen with each row, and what is wrong with it"),
        ImportRowResource,
        items="items",
        is_paged=True,
        parameters=lambda ground: [*_key(ground), *given.of_collection(IMPORT_ROWS)],
        problems=PROBLEMS,
        scope=Scope.LOOK,
    ),
    Operation(
        "neemOver",
        "post",
        f"{HERE}/overname",
        IMPORT,
        mark("Make drafts of all good rows, in one go"),
        ImportResource,
        parameters=_key,
        status=202,
        problems=(*PROBLEMS, 409),
        scope=Scope.WRITE,
    ),
    Operation(
        "draaiTerug",
        "post",
        f"{HERE}/terugdraaiing",
        IMPORT,
        mark("Take the whole import back"),
        ImportResource,
        parameters=_key,
        status=202,
        problems=(*PROBLEMS, 409),
        scope=Scope.WRITE,
    ),
)
