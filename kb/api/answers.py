"""Answers of the API: JSON with a strong ETag, links to the pages around, and only the keys asked for."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Response, json, request

from kb.api.addresses import api_address
from kb.schemas.asking import PAGE

Item = TypeVar("Item")
Document = dict[str, Any]
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a list: its items as documents, and where it stands in the whole."""

    items: Sequence[Document]
    total: int
    page: int
    per_page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))


def show(document: Document, *, keys: Iterable[str] = ()) -> Response:
    """One thing, or only some of its keys; 304 for who has it already."""
    return conditional(as_json(chosen(document, keys)))


def show_part(path: str, part: Part, **more: Any) -> Response:
    """One page of a collection, with the way to its neighbours in the document and in the header Link."""
    links = _links(path, part)
    document = {
        "items": list(part.items),
        "totaal": part.total,
        "pagina": part.page,
        "perPagina": part.per_page,
        **more,
        "_links": {name: {"href": address} for name, address in links.items()},
    }
    answer = as_json(document)
    answer.headers["Link"] = ", ".join(f'<{address}>; rel="{name}"' for name, address in links.items())
    return conditional(answer)


def part_of(items: Sequence[Item], asked: Mapping[str, Any], write: Callable[[Item], Document]) -> Part:
    """The page that was asked for of a list that is all there."""
    page, per_page = asked["page"], asked["per_page"]
    shown = items[(page - 1) * per_page : page * per_page]
    return Part([chosen(write(item), asked["keys"]) for item in shown], len(items), page, per_page)


def in_order(items: Iterable[Item], sort: str, orders: Mapping[str, Callable[[Item], Any]]) -> list[Item]:
    """Sorted by one of these; without an order as they come."""
    if not sort:
        return list(items)
    return sorted(items, key=orders[sort.removeprefix("-")], reverse=sort.startswith("-"))


def chosen(document: Document, keys: Iterable[str]) -> Document:
    wanted = tuple(keys)
    return {key: document[key] for key in wanted if key in document} if wanted else document


def as_json(document: object, status: int = 200) -> Response:
    text = json.dumps(document, ensure_ascii=False, sort_keys=False, allow_nan=False)
    return Response(text + "\n", status=status, mimetype="application/json")


def conditional(answer: Response) -> Response:
    """With the ETag of its bytes, and without a body when the client has those."""
    answer.set_etag(etag_of(answer.get_data()))
    answer.headers.setdefault("Cache-Control", "no-cache")
    answer.make_conditional(request)
    return answer


def etag_of(body: bytes | str) -> str:
    """Names these very bytes."""
    return hashlib.sha256(body.encode() if isinstance(body, str) else body).hexdigest()[:32]


def _links(path: str, part: Part) -> dict[str, str]:
    """This page, the first, the last, and those on either side where they exist."""
    numbers = {"self": part.page, "first": 1, "last": part.pages}
    if part.page > 1:
        numbers["prev"] = min(part.page - 1, part.pages)
    if part.page < part.pages:
        numbers["next"] = part.page + 1
    asked = tuple((name, value) for name, value in request.args.items(multi=True) if name != PAGE)
    return {
        name: api_address(path, (*asked, *(((PAGE, str(number)),) if number > 1 else ())))
        for name, number in numbers.items()
    }
