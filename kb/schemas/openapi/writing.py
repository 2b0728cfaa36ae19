"""What a program sends: figures to reckon with, and with a key one's own initiatives."""

from kb.domain.scopes import Scope
from kb.language.texts import mark
from kb.schemas.openapi import parameters as given
from kb.schemas.openapi.kinds import Shape
from kb.schemas.openapi.operation import EVIDENCE, INITIATIVE, OWN, Operation, slug
from kb.schemas.openapi.parameters import Ground
from kb.schemas.resources.initiatives import WorkingResource

RECKONING: tuple[Operation, ...] = tuple(
    Operation(
        name,
        "post",
        f"/bewijs/{last}",
        EVIDENCE,
        summary,
        answer,
        body=body,
        problems=(400, 413, 415),
    )
    for name, last, summary, body, answer in (
        (
            "berekenOordeel",
            "oordeel",
            mark("The verdict that the rules give on these answers"),
            "Antwoorden",
            "Uitspraak",
        ),
        (
            "berekenEffect",
            "effect",
            mark("The size of an effect from the figures of two groups"),
            "Vergelijking",
            "EffectGrootte",
        ),
        (
            "voegSamen",
            "samenvoegen",
            mark("Several studies taken together as one figure"),
            "Schattingen",
            "SamengevoegdeSchatting",
        ),
    )
)
KEY_PROBLEMS = (400, 401, 403, 404)
BODY_PROBLEMS = (*KEY_PROBLEMS, 409, 413, 415)
CHANGE_PROBLEMS = (*BODY_PROBLEMS, 412, 428)


def _change(ground: Ground) -> list[Shape]:
    return [slug(ground, INITIATIVE), given.if_match()]


def _addition(ground: Ground) -> list[Shape]:
    return [*_change(ground), given.idempotency_key()]


WRITING: tuple[Operation, ...] = (
    Operation(
        "maakInitiatief",
        "post",
        "/initiatieven",
        OWN,
        mark("Start an initiative; it becomes a draft, never public at once"),
        WorkingResource,
        parameters=lambda _ground: [given.idempotency_key()],
        body="InhoudInvoer",
        status=201,
        problems=(400, 401, 403, 409, 413, 415),
        scope=Scope.WRITE,
    ),
    Operation(
        "leesWerkversie",
        "get",
        "/initiatieven/{slug}/werkversie",
        OWN,
        mark("The newest version of an initiative, also when it is not public yet"),
        WorkingResource,
        parameters=lambda ground: [slug(ground, INITIATIVE)],
        problems=KEY_PROBLEMS,
        scope=Scope.LOOK,
    ),
    Operation(
        "wijzigWerkversie",
        "put",
        "/initiatieven/{slug}/werkversie",
        OWN,
        mark("Replace the newest version by this one"),
        WorkingResource,
        parameters=_change,
        body="InhoudInvoer",
        problems=CHANGE_PROBLEMS,
        scope=Scope.WRITE,
    ),
    Operation(
        "voegMetingToe",
        "post",
        "/initiatieven/{slug}/metingen",
        OWN,
        mark("Add one measurement to the newest version"),
        WorkingResource,
        parameters=_addition,
        body="MetingInvoer",
        status=201,
        problems=CHANGE_PROBLEMS,
        scope=Scope.MEASURE,
    ),
    Operation(
        "dienIn",
        "post",
        "/initiatieven/{slug}/indieningen",
        OWN,
        mark("Submit the newest version to the reviewers, who make it public"),
        WorkingResource,
        parameters=_addition,
        status=201,
        problems=(*KEY_PROBLEMS, 409, 412, 428),
        scope=Scope.SUBMIT,
    ),
)
