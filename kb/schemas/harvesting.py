"""What a harvester may ask by OAI-PMH 2.0: six verbs, each with its arguments, and the token of a list."""

import base64
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from kb.domain.harvest import Cursor, Span
from kb.domain.problems import Problem

DAY, SECOND = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
PREFIX = "oai_dc"
SET_PREFIX = "aanbeveling:"
LONGEST_TOKEN = 500


class Fault(StrEnum):
    """The codes of the protocol."""

    VERB = "badVerb"
    ARGUMENT = "badArgument"
    TOKEN = "badResumptionToken"  # noqa: S105 - a code of the protocol
    FORMAT = "cannotDisseminateFormat"
    ID = "idDoesNotExist"
    NO_RECORDS = "noRecordsMatch"


class Verb(StrEnum):
    IDENTIFY = "Identify"
    FORMATS = "ListMetadataFormats"
    SETS = "ListSets"
    IDENTIFIERS = "ListIdentifiers"
    RECORDS = "ListRecords"
    RECORD = "GetRecord"


# For each verb what it needs and what it may have besides.
ARGUMENTS: dict[Verb, tuple[frozenset[str], frozenset[str]]] = {
    Verb.IDENTIFY: (frozenset(), frozenset()),
    Verb.FORMATS: (frozenset(), frozenset({"identifier"})),
    Verb.SETS: (frozenset(), frozenset()),
    Verb.IDENTIFIERS: (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    Verb.RECORDS: (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    Verb.RECORD: (frozenset({"metadataPrefix", "identifier"}), frozenset()),
}
LISTS = (Verb.IDENTIFIERS, Verb.RECORDS)
RESUMED = "resumptionToken"


@dataclass(frozen=True, slots=True)
class HarvestRequest:
    """One request; `given` are its arguments as they came."""

    verb: Verb
    given: Mapping[str, str]
    span: Span = field(default_factory=Span)
    after: Cursor | None = None
    seen: int = 0

    @property
    def identifier(self) -> str:
        return self.given.get("identifier", "")

    @property
    def is_resumed(self) -> bool:
        return RESUMED in self.given


class HarvestFault(Problem):
    """What the harvester did wrong, as the protocol says it; with the request, where that may be repeated."""

    def __init__(self, fault: Fault, text: str, request: HarvestRequest | None = None) -> None:
        super().__init__(text)
        self.fault = fault
        self.text = text
        self.request = request


def read_request(pairs: Iterable[tuple[str, str]], sets: Iterable[str]) -> HarvestRequest:
    """Raises HarvestFault; `sets` are the recommendations that there are."""
    found = list(pairs)
    given = dict(found)
    verb = _verb([value for name, value in found if name == "verb"])
    arguments = {name: value for name, value in given.items() if name != "verb"}
    if len(found) != len(given):
        raise HarvestFault(Fault.ARGUMENT, "an argument is repeated")
    asked = HarvestRequest(verb, arguments)
    if verb in LISTS and RESUMED in arguments:
        return _resumed(asked)
    _check_names(verb, arguments.keys())
    if arguments.get("metadataPrefix", PREFIX) != PREFIX:
        raise HarvestFault(Fault.FORMAT, f"only {PREFIX} is there", asked)
    return replace(asked, span=_span(asked, frozenset(sets)))


def token_of(request: HarvestRequest, after: Cursor, seen: int) -> str:
    """Everything that the next request needs, so that nothing is kept here."""
    span = request.span
    parts = [_iso(span.first), _iso(span.before), span.recommendation, after.at.isoformat(), after.id, seen]
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def _resumed(asked: HarvestRequest) -> HarvestRequest:
    if len(asked.given) > 1:
        raise HarvestFault(Fault.ARGUMENT, "resumptionToken stands alone")
    token = asked.given[RESUMED]
    try:
        if len(token) > LONGEST_TOKEN:
            raise ValueError
        padded = token + "=" * (-len(token) % 4)
        first, before, recommendation, at, key, seen = json.loads(base64.urlsafe_b64decode(padded))
        span = Span(_moment(first), _moment(before), _word(recommendation))
        after = Cursor(datetime.fromisoformat(at).astimezone(UTC), _count(key))
        return replace(asked, span=span, after=after, seen=_count(seen))
    except (ValueError, TypeError, RecursionError, OverflowError):
        raise HarvestFault(Fault.TOKEN, "this token was not given out here", asked) from None


def _verb(values: list[str]) -> Verb:
    if len(values) != 1 or values[0] not in set(Verb):
        raise HarvestFault(Fault.VERB, "give one of the six verbs, once")
    return Verb(values[0])


def _check_names(verb: Verb, names: Iterable[str]) -> None:
    needed, allowed = ARGUMENTS[verb]
    given = frozenset(names)
    if missing := needed - given:
        raise HarvestFault(Fault.ARGUMENT, f"{', '.join(sorted(missing))} is needed")
    if given - needed - allowed:
        raise HarvestFault(
            Fault.ARGUMENT, f"{verb} knows only {', '.join(sorted(needed | allowed)) or 'itself'}"
        )


def _span(asked: HarvestRequest, sets: frozenset[str]) -> Span:
    first, until, chosen = (asked.given.get(name, "") for name in ("from", "until", "set"))
    if first and until and len(first) != len(until):
        raise HarvestFault(Fault.ARGUMENT, "from and until have different granularities")
    recommendation = chosen.removeprefix(SET_PREFIX)
    if chosen and (not chosen.startswith(SET_PREFIX) or recommendation not in sets):
        raise HarvestFault(Fault.NO_RECORDS, "there is no such set", asked)
    start, end = _read(first), _read(until)
    if start and end and start > end:
        raise HarvestFault(Fault.ARGUMENT, "from is later than until")
    step = timedelta(seconds=1) if "T" in until else timedelta(days=1)
    try:
        return Span(start, end + step if end else None, recommendation)
    except OverflowError:
        return Span(start, None, recommendation)


def _read(text: str) -> datetime | None:
    if not text:
        return None
    try:
        if DAY.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), datetime.min.time(), tzinfo=UTC)
        if SECOND.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise HarvestFault(Fault.ARGUMENT, "a date is YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ")


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text is not None else None


def _word(value: object) -> str:
    if not isinstance(value, str) or len(value) > 20:
        raise ValueError
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise ValueError
    return value
