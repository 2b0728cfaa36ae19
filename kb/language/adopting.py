"""The questions of the checklist for who takes an approach over, in words."""

from collections.abc import Mapping

from kb.domain.adopting import Check, CheckKind, Fit
from kb.domain.terms import Vocabulary
from kb.language.formats import listing, money
from kb.language.texts import gettext as _
from kb.language.texts import language, mark

QUESTIONS: Mapping[CheckKind, str] = {
    CheckKind.CORE: mark("This always belongs to the approach. Will you do it too?"),
    CheckKind.MUST: mark("The origin cannot do without. Do you have it?"),
    CheckKind.HELPS: mark("It helped there. Do you have it?"),
    CheckKind.REQUIREMENTS: mark("What it took there. Do you have it?"),
    CheckKind.LEVELS: mark("These education levels. With you too?"),
    CheckKind.TARGET_GROUPS: mark("These people. With you too?"),
    CheckKind.AUDIENCE: mark("These people. With you too?"),
    CheckKind.PARTNERS: mark("They do it together with these kinds of organisations. Do you have them?"),
    CheckKind.COSTS: mark("What it cost there per participant. Do you have the money?"),
}
ANSWERS: Mapping[Fit, str] = {
    Fit.YES: mark("Yes"),
    Fit.NOT_YET: mark("Not yet"),
    Fit.UNKNOWN: mark("I do not know"),
}


def question(check: Check) -> str:
    return _(QUESTIONS[check.kind])


def answers() -> list[tuple[str, str]]:
    return [(fit.value, _(words)) for fit, words in ANSWERS.items()]


def subject(check: Check, vocabulary: Vocabulary) -> str:
    """What the question is about, in the words of the origin or of the lists."""
    if check.amounts:
        low, high = round(check.amounts[0]), round(check.amounts[-1])
        if low == high:
            return _("%(amount)s per participant", amount=money(low))
        return _("%(low)s to %(high)s per participant", low=money(low), high=money(high))
    if check.scheme is None:
        return check.text
    return listing(vocabulary.label(check.scheme, code, language()) for code in check.terms)


def still_to_do(check: Check, fit: Fit, vocabulary: Vocabulary) -> str:
    """The remark that the author finds back at the field."""
    words = subject(check, vocabulary)
    if fit is Fit.UNKNOWN:
        return _("To find out before you start: %(what)s", what=words)
    return _("Still to arrange: %(what)s", what=words)
