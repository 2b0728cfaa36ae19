"""What each address declares about who may use it. A door refuses an address that declares nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from kb.domain.people import Person
from kb.domain.permissions import LOG_IN, PERMISSIONS, WRONG_ROLE, YES, Answer
from kb.domain.rights import Right, holds
from kb.domain.scopes import Scope
from kb.domain.workflow import Action

View = TypeVar("View", bound=Callable[..., object])
MARK = "declared_policy"


@dataclass(frozen=True, slots=True)
class Policy:
    """`needs` is the right or the deed; None means everyone. `halfway` is for people still logging in.

    `scope` is what a key of a program must be made for; addresses for people have none.
    """

    needs: Right | Action | None = None
    halfway: bool = False
    scope: Scope | None = None

    def admits(self, person: Person) -> Answer:
        """Whether the role can ever use the address; the deed itself also looks at the thing."""
        if self.needs is None:
            return YES
        if isinstance(self.needs, Right):
            return holds(person, self.needs)
        if (person.role, self.needs) in PERMISSIONS:
            return YES
        return WRONG_ROLE[self.needs] if person.is_known else LOG_IN


EVERYONE = Policy()
HALFWAY = Policy(halfway=True)


def policy(needs: Right | Action | Policy, *, scope: Scope | None = None) -> Callable[[View], View]:
    """Declares on a view who may use it: `@policy(Right.PEOPLE)` under the line with the address."""
    declared = needs if isinstance(needs, Policy) else Policy(needs, scope=scope)

    def mark(view: View) -> View:
        setattr(view, MARK, declared)
        return view

    return mark


def policy_on(view: object) -> Policy | None:
    return getattr(view, MARK, None)
