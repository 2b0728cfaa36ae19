"""`kb evidence`: the evidence rules on one document without database, and on all verdicts that are kept."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kb.cli.running import running, stop
from kb.domain.problems import Invalid
from kb.domain.statistics.effects import effect_of
from kb.domain.statistics.pooling import pool_estimates
from kb.domain.verdict import assess as verdict_of
from kb.language.texts import gettext as _
from kb.language.texts import ngettext
from kb.schemas.evidence import (
    read_answers,
    read_comparison,
    read_estimates,
    write_effect,
    write_pooled,
    write_verdict,
)
from kb.schemas.exact import read_json
from kb.services import reassessing

FILE = click.argument("file")


@click.group()
def evidence() -> None:
    """Weigh studies, compute effects, pool them. FILE holds one JSON document; - is standard input."""


@evidence.command()
@FILE
def assess(file: str) -> None:
    """The verdict on the answers in FILE."""
    _answer(file, lambda document: write_verdict(verdict_of(read_answers(document))))


@evidence.command()
@FILE
def effect(file: str) -> None:
    """The effect size of the two groups in FILE."""
    _answer(file, lambda document: write_effect(effect_of(read_comparison(document))))


@evidence.command()
@FILE
def pool(file: str) -> None:
    """The studies in FILE taken together."""
    _answer(file, lambda document: write_pooled(pool_estimates(read_estimates(document))))


@evidence.command()
def reassess() -> None:
    """Derive the verdicts anew of which the rules or the answers changed, and tell which did."""
    with running() as runtime, runtime.work(writing=True) as work:
        changed = reassessing.reassess(work)
    for each in changed:
        if each.is_other_label:
            click.echo(f"{each.slug} ({each.axis}): {each.before or '-'} -> {each.after or '-'}")
    click.echo(
        ngettext("%(n)s verdict derived anew", "%(n)s verdicts derived anew", len(changed))
        + "; "
        + ngettext("%(n)s label changed", "%(n)s labels changed", sum(c.is_other_label for c in changed))
    )


def _answer(file: str, answer: Callable[[object], dict[str, Any]]) -> None:
    """Prints the answer, or tells on one line what is wrong with which field."""
    try:
        document = answer(read_json(_content(file)))
    except Invalid as problem:
        stop("; ".join(f"{each.field}: {_(each.message, **each.values)}" for each in problem.errors))
    click.echo(json.dumps(document, indent=2, allow_nan=False))


def _content(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError:
        stop(_("%(file)s cannot be read", file=file))
