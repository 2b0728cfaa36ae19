"""The verdict as it would become, in the words of the page about evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.domain.content import Content
from kb.domain.problems import Invalid
from kb.language.evidence import next_step_sentences
from kb.language.trace import TraceLine, trace_lines
from kb.schemas.content import read_content
from kb.schemas.form import Document
from kb.schemas.questions import Question
from kb.services import foreseeing
from kb.services.foreseeing import Outlook
from kb.services.work import Work
from kb.web.desk_forms import told_at
from kb.web.forms import Told


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What comes of the answers, what the next level takes, and every rule; or what must be right first."""

    outlook: Outlook | None = None
    todo: tuple[str, ...] = ()
    trace: tuple[TraceLine, ...] = ()
    lacking: tuple[Told, ...] = ()


def foreseen(work: Work, content: Content) -> Foreseen:
    outlook = foreseeing.foresee(work, content)
    todo = next_step_sentences(outlook.next_step) if outlook.next_step else ()
    return Foreseen(outlook, tuple(todo), trace_lines(outlook.verdict.trace))


def foreseen_of(work: Work, document: Document, asked: Sequence[Question]) -> Foreseen:
    """Of a form as it stands, saved or not; nothing is kept."""
    try:
        content = read_content(document, work.vocabulary)
    except Invalid as invalid:
        return Foreseen(lacking=told_at(invalid, asked))
    return foreseen(work, content)
