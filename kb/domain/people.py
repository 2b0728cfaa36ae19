"""Who acts: a person with a role and regions. The public is a person too, and so is the system."""

from dataclasses import dataclass

from kb.domain.workflow import Role

# Everyone who can change what the public sees, or who can see people's data.
WRITERS = frozenset({Role.COORDINATOR, Role.REVIEWER, Role.ADMINISTRATOR})
# Roles that an administrator can give; the public and the system are nobody's account.
ACCOUNT_ROLES = (Role.COORDINATOR, Role.REVIEWER, Role.MINISTRY, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the permissions see them.

    `regions` are the codes that were assigned; `reach` holds those and every region that lies inside them,
    so that a coordinator of a labour-market region reaches its municipalities.
    """

    id: int | None
    role: Role
    name: str = ""
    regions: frozenset[str] = frozenset()
    reach: frozenset[str] = frozenset()

    @property
    def actor(self) -> str:
        """The name in the audit trail: no name of a person, so that erasure is one row elsewhere."""
        return self.role.value if self.id is None else f"persoon:{self.id}"

    @property
    def is_known(self) -> bool:
        """Whether somebody logged in."""
        return self.id is not None

    @property
    def needs_second_factor(self) -> bool:
        return self.role in WRITERS


PUBLIC = Person(None, Role.PUBLIC)
SYSTEM = Person(None, Role.SYSTEM)
