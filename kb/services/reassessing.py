"""Deriving all verdicts anew, and recording which of them came out differently."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.domain.verdict import Verdict
from kb.services.auditing import note
from kb.services.judging import ApproachVerdict, approach_verdicts, keep_approach_verdict, verdict_here
from kb.services.work import Work
from kb.storage.changes import note_change
from kb.storage.initiatives import Kept, all_published
from kb.storage.lists import APPROACH, HERE
from kb.storage.verdicts import NOT_MEASURED, KeptVerdict, all_verdicts, save_verdict

ACTOR = "systeem"


@dataclass(frozen=True, slots=True)
class Reassessed:
    """One verdict that follows from other rules or answers than the one that was kept."""

    slug: str
    axis: str
    before: str
    after: str
    rule_versions: tuple[str, str]

    @property
    def is_other_label(self) -> bool:
        """Whether a reader sees a difference; else only the rules or answers behind it changed."""
        return self.before != self.after


def reassess(work: Work) -> tuple[Reassessed, ...]:
    """Computes every verdict of which the rule version or the answers changed, and records each."""
    kept = all_verdicts(work.session)
    together = approach_verdicts(work)
    changed: list[Reassessed] = []
    for initiative in list(all_published(work.session)):
        found = [*_here(work, initiative, kept), *_approach(work, initiative, kept, together)]
        for each in found:
            note(work, ACTOR, "herberekend", "initiatief", each.slug, details=_details(each))
        if any(each.is_other_label for each in found):
            note_change(work.session, initiative.id, now=work.now)
        changed.extend(found)
    return tuple(changed)


def _here(work: Work, initiative: Kept, kept: dict[tuple[int, str], KeptVerdict]) -> Iterator[Reassessed]:
    before = kept.get((initiative.id, HERE))
    after = verdict_here(work, initiative.id, initiative.content)
    if not _is_same(before, after):
        save_verdict(work.session, initiative.id, HERE, after, now=work.now)
        yield _reassessed(initiative.slug, HERE, before, after)


def _approach(
    work: Work,
    initiative: Kept,
    kept: dict[tuple[int, str], KeptVerdict],
    together: dict[int, ApproachVerdict | None],
) -> Iterator[Reassessed]:
    before, found = kept.get((initiative.id, APPROACH)), together.get(initiative.id)
    after = found.verdict if found else None
    if not _is_same(before, after):
        keep_approach_verdict(work, initiative.id, found)
        yield _reassessed(initiative.slug, APPROACH, before, after)


def _is_same(before: KeptVerdict | None, after: Verdict | None) -> bool:
    if before is None or after is None:
        return before is None and after is None
    now = (after.rule_version, after.input_hash, after.level)
    return (before.rule_version, before.input_hash, before.level) == now


def _reassessed(slug: str, axis: str, before: KeptVerdict | None, after: Verdict | None) -> Reassessed:
    return Reassessed(
        slug=slug,
        axis=axis,
        before=_label(before) if before else "",
        after=_label(after) if after else "",
        rule_versions=(before.rule_version if before else "", after.rule_version if after else ""),
    )


def _label(verdict: KeptVerdict | Verdict) -> str:
    """All that a reader sees of it, and the search knows."""
    words = (f"trede {int(verdict.level)}", verdict.direction or NOT_MEASURED, *verdict.flags)
    return ", ".join(words)


def _details(changed: Reassessed) -> str:
    labels = f"{changed.before or '-'} -> {changed.after or '-'}"
    rules = " -> ".join(version or "-" for version in changed.rule_versions)
    return f"{changed.axis}: {labels}; regels {rules}"
