"""Importing at the desk: the file, its columns, the dry run, the drafts, and the way back."""

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kb.domain.imports import Outcome, Stage
from kb.domain.policies import policy
from kb.domain.problems import FieldError, Invalid
from kb.domain.rights import Right
from kb.exchange.edition import Edition
from kb.exchange.formats import XLSX_TYPE
from kb.exchange.limits import UPLOAD_BYTES
from kb.exchange.mapping import FileMapping, changed, remarks_on
from kb.exchange.template import template
from kb.language.imports import cell_error, outcome_line, outcome_name, remark_text, row_error, stage_name
from kb.language.texts import gettext as _
from kb.language.texts import language
from kb.runtime import running
from kb.services import exporting
from kb.services.importing import reporting, runs, showing
from kb.services.importing.runs import Overview
from kb.web import login
from kb.web.forms import told
from kb.web.import_columns import columns_of, preview_of
from kb.web.policies import takes_upload
from kb.web.public import page_numbers
from kb.web.speech import base

imports = Blueprint("imports", __name__)

Page = str | BaseResponse | tuple[str, int]
PER_PAGE = 50
# Beside the file a form has little.
MOST_BYTES = UPLOAD_BYTES + 64 * 1024
CLEAR = "leeg"
ORDER = (Outcome.ERROR, Outcome.ALIKE, Outcome.NEW, Outcome.CHANGED, Outcome.SAME)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows have an outcome, with the address that shows only those."""

    outcome: Outcome
    words: str
    address: str
    is_chosen: bool


@imports.get("/import")
@policy(Right.IMPORT)
def start() -> Page:
    return _start_page()


@imports.post("/import")
@policy(Right.IMPORT)
@takes_upload(MOST_BYTES)
def upload() -> Page:
    sent = request.files.get("bestand")
    if sent is None or not sent.filename:
        return _start_page(Invalid((FieldError("bestand", "Choose a file first."),))), 422
    data = sent.stream.read(UPLOAD_BYTES + 1)
    name = sent.filename.replace("\\", "/").rpartition("/")[2]
    with running().work(writing=True, origin=login.origin()) as work:
        key = runs.receive(work, login.visitor(), _printable(name), data, language=language())
    running().start_import(key)
    return redirect(_address(key), 303)


@imports.get("/import/sjabloon.xlsx")
@policy(Right.IMPORT)
def empty_workbook() -> Response:
    with running().work(origin=login.origin()) as work:
        edition = Edition(
            work.vocabulary,
            work.now,
            running().settings.name,
            running().settings.base_url,
            language(),
            approaches=exporting.approach_names(work),
        )
    return _workbook(template(edition), _("template.xlsx"))


@imports.get("/import/<key>")
@policy(Right.IMPORT)
def show(key: str) -> Page:
    with running().work(origin=login.origin()) as work:
        overview = runs.look(work, login.visitor(), key)
    if overview.run.stage is Stage.READ:
        return _columns_page(key)
    if overview.run.stage.is_busy or overview.run.stage is Stage.REFUSED:
        refusal = remark_text(*overview.run.refusal) if overview.run.refusal else ""
        words = stage_name(overview.run.stage)
        return render_template("imports/waiting.html", overview=overview, words=words, refusal=refusal)
    return _rows_page(overview)


@imports.get("/import/<key>/kolommen")
@policy(Right.IMPORT)
def columns(key: str) -> Page:
    return _columns_page(key)


@imports.post("/import/<key>/kolommen")
@policy(Right.IMPORT)
def choose(key: str) -> Page:
    with running().work(writing=True, origin=login.origin()) as work:
        incoming, mapping = runs.sheets(work, login.visitor(), key)
        runs.choose(work, login.visitor(), key, _chosen(mapping, len(incoming.sheets)))
    running().start_import(key)
    return redirect(_address(key), 303)


@imports.post("/import/<key>/overnemen")
@policy(Right.IMPORT)
def apply(key: str) -> Page:
    with_alike = request.form.get("lijkt") == "ja"
    with running().work(writing=True, origin=login.origin()) as work:
        runs.apply(work, login.visitor(), key, with_alike=with_alike)
    running().start_import(key)
    return redirect(_address(key), 303)


@imports.post("/import/<key>/terugdraaien")
@policy(Right.IMPORT)
def undo(key: str) -> Page:
    with running().work(writing=True, origin=login.origin()) as work:
        runs.undo(work, login.visitor(), key)
    running().start_import(key)
    return redirect(_address(key), 303)


@imports.get("/import/<key>/controle.xlsx")
@policy(Right.IMPORT)
def report(key: str) -> Response:
    with running().work(origin=login.origin()) as work:
        data = reporting.report(work, login.visitor(), key)
    return _workbook(data, _("checked.xlsx"))


def _start_page(problem: Invalid | None = None) -> str:
    with running().work(origin=login.origin()) as work:
        own = runs.own(work, login.visitor())
    return render_template(
        "imports/start.html",
        own=own,
        stage_name=stage_name,
        megabytes=UPLOAD_BYTES >> 20,
        errors=told(problem) if problem else (),
    )


def _columns_page(key: str) -> str:
    with running().work(origin=login.origin()) as work:
        overview = runs.look(work, login.visitor(), key)
        incoming, mapping = runs.sheets(work, login.visitor(), key)
    remarks = [*incoming.remarks, *remarks_on(incoming, mapping)]
    return render_template(
        "imports/columns.html",
        overview=overview,
        sheets=columns_of(incoming, mapping),
        clear=mapping.clear,
        has_title=any("titel" in each.targets or "slug" in each.targets for each in mapping.sheets),
        remarks=[remark_text(remark.message, remark.values) for remark in remarks],
        preview=preview_of(incoming, mapping),
    )


def _rows_page(overview: Overview) -> str:
    asked, number = _asked()
    total = overview.counts.get(asked, 0) if asked else sum(overview.counts.values())
    pages = max(1, -(-total // PER_PAGE))
    key, number = overview.run.key, min(number, pages)
    with running().work(origin=login.origin()) as work:
        found = showing.rows(work, login.visitor(), key, asked, page=number, per_page=PER_PAGE)
    return render_template(
        "imports/rows.html",
        overview=overview,
        rows=found,
        tallies=[_tally(overview, outcome, asked) for outcome in ORDER if overview.counts.get(outcome)],
        total=sum(overview.counts.values()),
        asked=asked,
        page=number,
        numbers=page_numbers(number, pages) if pages > 1 else [],
        address=lambda page: f"{_address(key)}?{_query(asked, page)}",
        outcome_name=outcome_name,
        cell_error=cell_error,
        row_error=row_error,
        remarks=_file_remarks(key),
    )


def _file_remarks(key: str) -> list[str]:
    """What was seen while reading the file; documents have no page of columns to say it on."""
    with running().work(origin=login.origin()) as work:
        incoming, mapping = runs.sheets(work, login.visitor(), key)
    remarks = [*incoming.remarks, *remarks_on(incoming, mapping)] if incoming.is_table else incoming.remarks
    return [remark_text(remark.message, remark.values) for remark in remarks]


def _tally(overview: Overview, outcome: Outcome, asked: Outcome | None) -> Tally:
    words = outcome_line(outcome, overview.counts[outcome])
    return Tally(outcome, words, f"{_address(overview.run.key)}?{_query(outcome, 1)}", outcome is asked)


def _asked() -> tuple[Outcome | None, int]:
    """Which rows, and which page of them; what makes no sense is the whole, from the start."""
    words, number = request.args.get("uitkomst", ""), request.args.get("pagina", "1")
    outcome = Outcome(words) if words in set(Outcome) else None
    is_number = number.isascii() and number.isdigit() and len(number) < 6
    return outcome, max(1, int(number)) if is_number else 1


def _query(outcome: Outcome | None, page: int) -> str:
    parts = [f"uitkomst={outcome.value}"] if outcome else []
    return "&".join([*parts, *([f"pagina={page}"] if page > 1 else [])])


def _chosen(mapping: FileMapping, sheets: int) -> FileMapping:
    """The mapping as the form says it; `kolom.0.3` is the fourth column of the first sheet."""
    for number in range(sheets):
        each = mapping.sheets[number]
        picked = [
            request.form.get(f"kolom.{number}.{column}", target) for column, target in enumerate(each.targets)
        ]
        mapping = changed(mapping, each.sheet, picked)
    return FileMapping(mapping.sheets, request.form.get(CLEAR) == "ja")


def _workbook(data: bytes, name: str) -> Response:
    answer = Response(data, content_type=XLSX_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _printable(name: str) -> str:
    return "".join(char for char in name if char.isprintable())[-200:]


def _address(key: str) -> str:
    return f"{base()}/import/{key}"
