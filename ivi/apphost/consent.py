# SPDX-License-Identifier: Apache-2.0
"""What one app asks for, what was decided about it, and what of it is in force."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ivi.apphost.atoms import atoms, digest, names, narrowed
from ivi.apphost.grants import Decided, Decisions, GrantStore, Verdict
from ivi.apphost.manifest import Permission, Storage, Ui, use_of
from ivi.apphost.permissions import is_leaf, matches
from ivi.model.rights import Standing

WITH_INSTALLING = (Ui, Storage)
"""Kinds that reach only the app's own page and its own data: agreed to by installing, taken back like any other."""
SHIPPED, DEVELOPER, INSTALLING, DRIVER = "shipped", "developer", "installing", "driver"
"""Who decided."""

_STANDINGS = {
    Verdict.GRANTED: Standing.GRANTED, Verdict.REFUSED: Standing.REFUSED, Verdict.REVOKED: Standing.REVOKED
}  # fmt: skip


@dataclass(frozen=True)
class Term:
    """One permission of the manifest and how its atoms stand."""

    key: str
    permission: Permission
    decided: tuple[tuple[Permission, Decided | None], ...]
    problem: str = ""
    """Why this car cannot give it."""

    @property
    def required(self) -> bool:
        """Whether the app cannot do without."""
        return not self.permission.optional

    @property
    def granted(self) -> list[Permission]:
        """Atoms that are agreed to."""
        return [atom for atom, one in self.decided if one is not None and one.verdict is Verdict.GRANTED]

    @property
    def undecided(self) -> list[Permission]:
        """Atoms that nobody has decided about."""
        return [atom for atom, one in self.decided if one is None]

    @property
    def standing(self) -> Standing:
        """All of it in one word."""
        if self.problem:
            return Standing.ABSENT
        if self.undecided:
            return Standing.UNDECIDED
        found = {one.verdict for _, one in self.decided if one is not None}
        return _STANDINGS[found.pop()] if len(found) == 1 else Standing.PARTLY


class Consent:
    """Decisions about one app, in the store and in force."""

    def __init__(
        self, app_id: str, publisher: str, permissions: Iterable[Permission], store: GrantStore, *, agreed_by: str = ""
    ) -> None:
        """`agreed_by` SHIPPED or DEVELOPER agrees to everything that nobody has decided about."""
        self.app_id, self.publisher = app_id, publisher
        self.terms: tuple[Term, ...] = ()
        self._permissions = tuple(permissions)
        self._problems: dict[int, str] = {}
        self._store = store
        self._agreed_by = agreed_by
        self._watchers: list[Callable[[], None]] = []
        self._read()

    def watch(self, watcher: Callable[[], None]) -> None:
        """Have `watcher` called after each decision."""
        self._watchers.append(watcher)

    def absent(self, problems: Iterable[tuple[int, str]]) -> None:
        """The car cannot give these (numbers of permissions, and why)."""
        self._problems = dict(problems)
        self._changed()

    def in_force(self) -> tuple[Permission, ...]:
        """What may be done now, narrowed to what is agreed to."""
        kept = (narrowed(term.permission, term.granted) for term in self.terms if not term.problem)
        return tuple(permission for permission in kept if permission is not None)

    def lacking(self) -> list[Term]:
        """Required terms that are not wholly agreed to: while there are some the app does not run."""
        return [
            term for term in self.terms if term.required and not term.problem and len(term.granted) < len(term.decided)
        ]

    def open(self) -> list[Term]:
        """Terms that nobody has decided about, each with only the atoms that are new."""
        return [
            Term(term.key, new, tuple((atom, None) for atom in term.undecided))
            for term in self.terms
            if not term.problem and (new := narrowed(term.permission, term.undecided)) is not None
        ]

    @property
    def asked_before(self) -> bool:
        """Whether the driver has decided about this app already."""
        return any(one is not None and one.by == DRIVER for term in self.terms for _, one in term.decided)

    def question(self) -> str:
        """Names what is asked for, so that "later" counts for this question only."""
        return hashlib.sha256(
            "".join(digest(atom) for term in self.open() for atom in term.undecided).encode()
        ).hexdigest()

    def decide(self, wanted: Iterable[Permission], verdict: Verdict, by: str) -> None:
        """Decide about atoms, durably, and tell who watches."""
        found = list(wanted)
        if found:
            self._store.decide(self.publisher, self.app_id, found, verdict, by)
            self._changed()

    def reopen(self, declined: Iterable[Permission]) -> None:
        """Forget refusals and revocations, so that they can be asked about again."""
        self._store.withdraw(self.publisher, self.app_id, declined)
        self._changed()

    def revoke(self, what: str, by: str) -> list[Permission]:
        """Take back what `what` names (key, kind, path, host; all when empty); returns the atoms that were in force."""
        found = [atom for term in self._named(what) for atom in term.granted if self._meant(term, atom, what)]
        self.decide(found, Verdict.REVOKED, by)
        return found

    def grant(self, what: str, by: str) -> list[Permission]:
        """Agree to what `what` names; returns the atoms that were not in force."""
        found = [
            atom
            for term in self._named(what)
            for atom, one in term.decided
            if (one is None or one.verdict is not Verdict.GRANTED) and self._meant(term, atom, what)
        ]
        self.decide(found, Verdict.GRANTED, by)
        return found

    def knows(self, what: str) -> bool:
        """Whether the app asks for anything of that name."""
        return any(self._meant(term, atom, what) for term in self.terms for atom, _ in term.decided)

    def _named(self, what: str) -> list[Term]:
        return [term for term in self.terms if any(self._meant(term, atom, what) for atom, _ in term.decided)]

    @staticmethod
    def _meant(term: Term, atom: Permission, what: str) -> bool:
        if what in ("", term.key, use_of(term.permission)):
            return True
        own = names(atom)
        # Of a pattern one path cannot be taken out: the whole of it goes, which is never less than was asked for.
        return (
            what in own
            or any(name.rpartition(":")[0] == what for name in own)
            or (is_leaf(what) and any(matches(what, name) for name in own if name.startswith("Vehicle.")))
        )

    def _changed(self) -> None:
        self._read()
        for watcher in list(self._watchers):
            watcher()

    def _read(self) -> None:
        decisions = self._store.decisions(self.publisher, self.app_id)
        self.terms = tuple(self._term(number, one, decisions) for number, one in enumerate(self._permissions))

    def _term(self, number: int, permission: Permission, decisions: Decisions) -> Term:
        decided = tuple((atom, self._about(atom, decisions)) for atom in atoms(permission))
        return Term(f"{use_of(permission)}#{number}", permission, decided, self._problems.get(number, ""))

    def _about(self, atom: Permission, decisions: Decisions) -> Decided | None:
        if (found := decisions.about(atom)) is not None:
            return found
        unasked = self._agreed_by or (INSTALLING if isinstance(atom, WITH_INSTALLING) else "")
        if not unasked:
            return None
        # What the driver took back stays so when an update asks for it on other terms.
        return decisions.declined(atom) or Decided(atom, Verdict.GRANTED, unasked, 0)
