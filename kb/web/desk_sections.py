"""The form of an initiative, one section a page: each is saved as a draft, and nothing typed gets lost."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.domain.content import Content
from kb.domain.policies import policy
from kb.domain.problems import Conflict, Denied, Invalid
from kb.domain.workflow import Action
from kb.language.texts import gettext as _
from kb.language.texts import mark
from kb.runtime import running
from kb.schemas.content import read_content, write_content
from kb.schemas.form import (
    BY_SLUG,
    Document,
    Section,
    has_too_many_rows,
    joined,
    key_of,
    read_section,
    with_row,
    without_row,
)
from kb.schemas.questions import questions
from kb.services import auditing, drafting, history, places
from kb.services.comparing import compare
from kb.services.drafting import Draft
from kb.services.work import Work
from kb.web import login
from kb.web.desk_forms import CHOOSES, NAMES, based_on, next_of, place_names, sent_pairs, stages, told_at
from kb.web.forms import Told
from kb.web.outlook import foreseen_of
from kb.web.speech import base

sections = Blueprint("sections", __name__)

Page = str | Response | tuple[str, int]
THEIRS = "hunne"
DONE = {
    "bewaard": mark("Saved."),
    "begonnen": mark(
        "It is on your desk as a draft. Fill in what you know; you can stop and go on at any moment."
    ),
}
# The section of which the answers decide how sure we are.
WEIGHED = "resultaten"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One section as it was sent: the whole document with this part in it."""

    section: Section
    draft: Draft
    document: Document


@sections.get("/mijn/initiatieven/<slug>/<section_slug>")
@policy(Action.EDIT)
def show(slug: str, section_slug: str) -> Page:
    section = _section(section_slug)
    with running().work(origin=login.origin()) as work:
        draft = drafting.look(work, login.visitor(), slug)
        return _page(work, Sheet(section, draft, write_content(draft.content)))


@sections.post("/mijn/initiatieven/<slug>/<section_slug>")
@policy(Action.EDIT)
def save(slug: str, section_slug: str) -> Page:
    section = _section(section_slug)
    if has_too_many_rows(sent_pairs()):
        abort(413)
    asked, _colon, path = request.form.get("actie", "verder").partition(":")
    with running().work(origin=login.origin()) as work:
        sheet = _sent(work, slug, section)
        if asked in ("erbij", "weg"):
            turn = with_row if asked == "erbij" else without_row
            turn(sheet.document, path)
        if asked in ("erbij", "weg", "oordeel"):
            return _page(work, sheet, opened=path)
    try:
        _save(sheet)
    except Invalid as invalid:
        with running().work(origin=login.origin()) as work:
            return _page(work, sheet, problem=invalid), 422
    except Conflict:
        return _conflict_page(sheet), 409
    except Denied as denied:
        return _refused(sheet, denied), 403
    onward = section.slug if asked == "bewaar" else next_of(section)
    return redirect(f"{base()}/mijn/initiatieven/{slug}/{onward}?gedaan=bewaard", 303)


def _section(slug: str) -> Section:
    if slug not in BY_SLUG:
        abort(404)
    return BY_SLUG[slug]


def _sent(work: Work, slug: str, section: Section) -> Sheet:
    """What was sent, on top of the version that it was filled in from."""
    draft = drafting.look(work, login.visitor(), slug)
    part = read_section(section, sent_pairs(), work.vocabulary, _codes(work))
    document = write_content(draft.content)
    for name in section.fields:
        key = key_of(name)
        if request.form.get(f"{CHOOSES}{key}") == THEIRS:
            part.pop(key, None)
            part.update({key: document[key]} if key in document else {})
    return Sheet(section, draft, joined(document, section, part))


def _save(sheet: Sheet) -> None:
    with running().work(writing=True, origin=login.origin()) as work:
        content = read_content(sheet.document, work.vocabulary)
        content, number = _on_the_newest(work, sheet, content)
        drafting.edit(work, login.visitor(), sheet.draft.slug, content, based_on=number)


def _on_the_newest(work: Work, sheet: Sheet, mine: Content) -> tuple[Content, int]:
    """Two who work on different sections, or of whom one changed nothing, are in nobody's way."""
    theirs, number, fields = sheet.draft.content, based_on(), sheet.section.fields
    before = _base_content(work, sheet.draft.slug) if number != sheet.draft.number else None
    if before is None:
        return mine, number
    if _are_alike(before, mine, fields):
        return theirs, sheet.draft.number
    return mine, sheet.draft.number if _are_alike(before, theirs, fields) else number


def _are_alike(one: Content, other: Content, fields: tuple[str, ...]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def _page(
    work: Work,
    sheet: Sheet,
    *,
    problem: Invalid | None = None,
    errors: tuple[Told, ...] = (),
    opened: str = "",
) -> str:
    names = _names(work)
    asked = questions(sheet.section, sheet.document, work.vocabulary, names)
    return render_template(
        "desk/section.html",
        draft=sheet.draft,
        heading=_(NAMES[sheet.section.slug]),
        section=sheet.section.slug,
        stages=stages(sheet.draft, sheet.section.slug),
        questions=asked,
        errors=told_at(problem, asked) if problem else errors,
        remarks={
            key_of(remark.field): remark.words
            for remark in sheet.draft.remarks
            if remark.field in sheet.section.fields
        },
        # After a failed or halfway save the form still stands on the version it was filled in from.
        version=based_on() if request.method == "POST" else sheet.draft.number,
        opened=opened,
        places=place_names(work.vocabulary) if sheet.section.slug == "voor-wie-en-waar" else (),
        approaches=sorted(names.values()) if sheet.section.slug == "aanpak" else (),
        foreseen=foreseen_of(work, sheet.document, asked) if sheet.section.slug == WEIGHED else None,
        done=_(DONE[said]) if (said := request.args.get("gedaan", "")) in DONE else "",
    )


def _conflict_page(sheet: Sheet) -> str:
    """Both texts beside each other for every field that differs; what was typed goes along hidden."""
    with running().work(origin=login.origin()) as work:
        mine = read_content(sheet.document, work.vocabulary)
        draft = drafting.look(work, login.visitor(), sheet.draft.slug)
        differences = [one for one in compare(work, draft.content, mine) if one.field in sheet.section.fields]
        base_content = _base_content(work, sheet.draft.slug)
        own = {one.field for one in compare(work, base_content, mine)}
        newest = history.versions(work, login.visitor(), sheet.draft.slug)[0]
    return render_template(
        "desk/conflict.html",
        draft=draft,
        section=sheet.section.slug,
        heading=_(NAMES[sheet.section.slug]),
        differences=[(key_of(one.field), one, one.field in own) for one in differences],
        pairs=sent_pairs(),
        newest=newest,
        is_mine=newest.author_id == login.visitor().id,
    )


def _base_content(work: Work, slug: str) -> Content | None:
    """The version that the form was filled in from, if it is one."""
    number = based_on()
    if not number:
        return None
    entries = history.versions(work, login.visitor(), slug)
    if number not in {entry.number for entry in entries}:
        return None
    return history.version(work, login.visitor(), slug, number).content


def _refused(sheet: Sheet, denied: Denied) -> str:
    """The reason at the top of the form, with the text still in it."""
    with running().work(writing=True, origin=login.origin()) as work:
        auditing.note_denial(work, login.visitor(), f"POST {request.path}", denied.reason)
    with running().work(origin=login.origin()) as work:
        return _page(work, sheet, errors=(Told("inhoud", _(denied.reason)),))


def _codes(work: Work) -> dict[str, str]:
    """The approach for each name that people can choose, second names included."""
    second = {name: slug for slug, name in places.approach_names(work).items()}
    return second | {approach.name: approach.slug for approach, _number in places.approaches(work)}


def _names(work: Work) -> dict[str, str]:
    return places.approach_names(work)
