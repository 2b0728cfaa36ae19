"""One thing that can be asked of the API, and what many of them share."""

from collections.abc import Callable
from dataclasses import dataclass

from kb.domain.scopes import Scope
from kb.domain.terms import Scheme
from kb.language.texts import gettext as _
from kb.language.texts import mark
from kb.schemas.asking import Collection
from kb.schemas.openapi import parameters as given
from kb.schemas.openapi.kinds import Shape
from kb.schemas.openapi.parameters import Ground
from kb.schemas.resources.base import Resource
from kb.schemas.resources.initiatives import WorkingResource

# Which list of the answer holds the items, and how the answer is built.
Parameters = Callable[[Ground], list[Shape]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing to ask. `answer` is a resource or the name of a shape; `items` the key of a list of them.

    What goes in is JSON in the shape of `body`, or a file of one of the kinds that it `sends`.
    """

    name: str
    method: str
    path: str
    group: str
    summary: str
    answer: type[Resource] | str | None
    items: str = ""
    is_paged: bool = False
    parameters: Parameters = lambda _ground: []
    body: str = ""
    sends: tuple[str, ...] = ()
    status: int = 200
    problems: tuple[int, ...] = ()
    extra: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    scope: Scope | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the answer has an ETag that can be asked after."""
        return self.method == "get"

    @property
    def is_version(self) -> bool:
        """Whether the answer is a version of an initiative, which a change has to name by its ETag."""
        return self.answer is WorkingResource

    @property
    def tells_etag(self) -> bool:
        return self.is_kept or self.is_version


def slug(ground: Ground, of: str) -> Shape:
    return given.in_path("slug", {"type": "string"}, _(SLUGS[of]), ground.slugs.get(of, ""))


def code(ground: Ground, name: str, scheme: Scheme) -> Shape:
    codes = [term.code for term in ground.vocabulary.all(scheme)]
    example = codes[0] if codes else ""
    return given.in_path(name, {"type": "string", "enum": codes}, _("A code of the list."), example)


def one(of: str, kind: type[Resource]) -> Parameters:
    return lambda ground: [slug(ground, of), given.keys_parameter(kind)]


def of_term(name: str, scheme: Scheme, kind: type[Resource]) -> Parameters:
    return lambda ground: [code(ground, name, scheme), given.keys_parameter(kind)]


def listing(name: str, collection: Collection, group: str, summary: str) -> Operation:
    return Operation(
        name,
        "get",
        collection.path,
        group,
        summary,
        collection.member,
        items="items",
        is_paged=True,
        parameters=lambda _ground: given.of_collection(collection),
        problems=(400,),
    )


INITIATIVES, OTHERS, LISTS, EVIDENCE, OWN, IMPORT = (
    mark("Initiatives"),
    mark("Organisations and approaches"),
    mark("Regions and lists"),
    mark("Evidence"),
    mark("Your own initiatives (with a key)"),
    mark("Importing a file (with a key)"),
)
INITIATIVE, ORGANISATION, APPROACH = "initiatief", "organisatie", "aanpak"
SLUGS = {
    INITIATIVE: mark("The last part of the address of the initiative."),
    ORGANISATION: mark("The last part of the address of the organisation."),
    APPROACH: mark("The last part of the address of the approach."),
}
