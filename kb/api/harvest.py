"""`/oai`: harvesting by OAI-PMH 2.0."""

from xml.etree.ElementTree import Element

from flask import Blueprint, Response, request

from kb.domain.harvest import Harvested
from kb.domain.policies import EVERYONE, policy
from kb.domain.problems import NotFound
from kb.domain.terms import Scheme
from kb.exchange import dublin_core as written
from kb.exchange.dublin_core import Repository
from kb.runtime import running
from kb.schemas.harvesting import Fault, HarvestFault, HarvestRequest, Verb, read_request, token_of
from kb.services import harvesting
from kb.services.work import Work

harvest = Blueprint("harvest", __name__)


@harvest.route("/oai", methods=["GET", "POST"])
@policy(EVERYONE)
def answer() -> Response:
    """The protocol asks that both methods work, and that its own errors come with status 200."""
    settings = running().settings
    asked = None
    with running().work(origin="oai") as work:
        repository = Repository(
            settings.name, settings.base_url, settings.contact or settings.mail_from, work.vocabulary
        )
        try:
            asked = read_request(_pairs(), [t.code for t in work.vocabulary.all(Scheme.RECOMMENDATION)])
            root = written.envelope(repository, asked, work.now)
            _fill(work, repository, root, asked)
        except HarvestFault as wrong:
            root = written.envelope(repository, wrong.request or asked, work.now)
            written.fault(root, wrong.fault, wrong.text)
    return Response(written.document(root), mimetype="text/xml")


def _pairs() -> list[tuple[str, str]]:
    return list((request.form if request.method == "POST" else request.args).items(multi=True))


def _fill(work: Work, repository: Repository, root: Element, asked: HarvestRequest) -> None:
    match asked.verb:
        case Verb.IDENTIFY:
            written.identify(root, repository, harvesting.lifetime(work).first)
        case Verb.FORMATS:
            if asked.identifier:
                _one(work, repository, asked)
            written.formats(root)
        case Verb.SETS:
            written.sets(root, work.vocabulary)
        case Verb.RECORD:
            found = _one(work, repository, asked)
            written.items(root, asked.verb.value, repository, [found], whole=True)
        case Verb.IDENTIFIERS | Verb.RECORDS:
            _list(work, repository, root, asked)


def _one(work: Work, repository: Repository, asked: HarvestRequest) -> Harvested:
    number = repository.id_in(asked.identifier)
    try:
        if number is None:
            raise NotFound("initiatief", asked.identifier)
        return harvesting.harvested(work, number)
    except NotFound:
        raise HarvestFault(Fault.ID, "there is no such identifier") from None


def _list(work: Work, repository: Repository, root: Element, asked: HarvestRequest) -> None:
    found = harvesting.harvest(work, asked.span, asked.after)
    if not found.items:
        raise HarvestFault(Fault.NO_RECORDS, "nothing changed then")
    whole = asked.verb is Verb.RECORDS
    part = written.items(root, asked.verb.value, repository, found.items, whole=whole)
    if found.next is not None or asked.is_resumed:
        seen = asked.seen + len(found.items)
        token = token_of(asked, found.next, seen) if found.next else ""
        written.resume(part, token, total=max(found.total, seen), seen=asked.seen)
