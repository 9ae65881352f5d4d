# SPDX-License-Identifier: Apache-2.0
"""Where the driver decides about apps: asks on the host's sheet, answers the app's page and the command line."""

import asyncio
import logging
import sqlite3

from ivi.apphost import rating, words
from ivi.apphost.atoms import names
from ivi.apphost.audit import Audit
from ivi.apphost.consent import DRIVER, Consent, Term
from ivi.apphost.driving import Driving
from ivi.apphost.grants import GrantStore, Verdict
from ivi.apphost.hosted_app import HostedApp
from ivi.apphost.manifest import Manifest, Permission, reason_of, reasons_of, use_of
from ivi.apphost.prompts import ALLOW, LATER, REFUSE, Decided, Prompts, Question
from ivi.model.errors import NotFoundError, ResourceExhaustedError, UnavailableError
from ivi.model.prompts import PromptAction, PromptItem, PromptKind
from ivi.model.rights import AppInfo, AskConsent, ChangeGrant, GetAppInfo, GrantChanged, PermissionView

log = logging.getLogger(__name__)

ACTIONS = (
    PromptAction(LATER, "Later"),
    PromptAction(REFUSE, "Do not allow"),
    PromptAction(ALLOW, "Allow", primary=True),
)
SECONDS = 300.0  # that a sheet of consent stays on the screen of a parked car
ASK_AGAIN = 2.0  # seconds until a question that found too many others open is tried again


class ConsentDesk:
    """Decisions about all apps."""

    def __init__(self, store: GrantStore, prompts: Prompts, audit: Audit, driving: Driving) -> None:
        self._store, self._prompts, self._audit, self._driving = store, prompts, audit, driving
        self._apps: dict[str, tuple[HostedApp, Manifest, Consent]] = {}
        self._asking: dict[str, asyncio.Task[None]] = {}

    def admit(self, app: HostedApp, manifest: Manifest, *, agreed_by: str = "") -> Consent:
        """Take an app in and ask about what nobody has decided, unless the driver said "later" to just that."""
        consent = Consent(app.id, app.publisher, manifest.permission, self._store, agreed_by=agreed_by)
        self._apps[app.id] = (app, manifest, consent)
        return consent

    def begin(self, app_id: str) -> None:
        """Ask about what is open, if the driver has not put just that off."""
        _, _, consent = self._apps[app_id]
        if consent.open() and not self._store.is_postponed(consent.publisher, app_id, consent.question()):
            self.ask(app_id)

    def ask(self, app_id: str) -> None:
        """Put what is open on the screen; nothing when it is there already."""
        if app_id not in self._asking:
            task = asyncio.get_running_loop().create_task(self._ask(app_id))
            self._asking[app_id] = task
            task.add_done_callback(lambda done: self._asked(app_id, done))

    def _asked(self, app_id: str, task: asyncio.Task[None]) -> None:
        if self._asking.get(app_id) is task:  # a dismissed one may have a successor already
            del self._asking[app_id]

    def dismiss(self, app_id: str) -> None:
        """The app is gone; what was asked about it, too."""
        self._apps.pop(app_id, None)
        if (task := self._asking.pop(app_id, None)) is not None:
            task.cancel()

    def close(self) -> None:
        """Withdraw all questions and close the store."""
        for app_id in list(self._apps):
            self.dismiss(app_id)
        self._store.close()

    def answer(self, request: GetAppInfo | ChangeGrant | AskConsent) -> AppInfo | GrantChanged:
        """For the screen and the command line. Raises NotFoundError, UnavailableError."""
        match request:
            case GetAppInfo():
                return self._info(request)
            case ChangeGrant():
                return self._change(request)
            case AskConsent():
                return self._ask_now(request)

    # -- asking -------------------------------------------------------------------------------------------------------
    async def _ask(self, app_id: str) -> None:
        app, _, consent = self._apps[app_id]
        while open_terms := consent.open():
            question = consent.question()
            try:
                decided = await self._prompts.ask(_question(app, open_terms, update=consent.asked_before))
            except (ResourceExhaustedError, UnavailableError):
                await asyncio.sleep(ASK_AGAIN)
                continue
            if consent.question() != question:
                continue  # something was decided elsewhere while the sheet was open
            self._take(app, consent, open_terms, decided)
            return

    def _take(self, app: HostedApp, consent: Consent, asked: list[Term], decided: Decided) -> None:
        if decided.choice in {LATER, ""}:
            self._store.postpone(consent.publisher, app.id, consent.question())
            return
        agreed = decided.choice == ALLOW
        chosen = [term for term in asked if agreed and (term.required or term.key in decided.chosen)]
        refused = [term for term in asked if term not in chosen]
        try:
            self._note(app.id, "consent", chosen, "you agreed that it may {}")
            self._note(app.id, "refuse", refused, "you did not agree that it may {}")
            consent.decide([atom for term in refused for atom in term.undecided], Verdict.REFUSED, DRIVER)
            consent.decide([atom for term in chosen for atom in term.undecided], Verdict.GRANTED, DRIVER)
        except sqlite3.Error:
            log.exception("a decision of the driver could not be kept", extra={"app": app.id})

    def _note(self, app_id: str, action: str, terms: list[Term], text: str) -> None:
        for term in terms:
            reason = text.format(words.sentence(term.permission))
            self._audit.note(app_id, action, _target(term.permission), allowed=action != "refuse", reason=reason)

    # -- the app's page and the command line --------------------------------------------------------------------------
    def _ask_now(self, request: AskConsent) -> GrantChanged:
        _, _, consent = self._entry(request.app_id)
        if not consent.open():
            if (lacking := consent.lacking()) and self._driving.may_set_up:
                # He refused or took back before and looks again: ask once more.
                for term in lacking:
                    self._reopen(consent, term)
            else:
                return GrantChanged([], self._not_now() if lacking else "there is nothing to decide")
        self.ask(request.app_id)
        return GrantChanged([], "" if self._driving.may_set_up else "you will be asked when the car is parked")

    def _reopen(self, consent: Consent, term: Term) -> None:
        declined = [atom for atom, one in term.decided if one is not None and one.verdict is not Verdict.GRANTED]
        consent.reopen(declined)

    def _change(self, request: ChangeGrant) -> GrantChanged:
        app, _, consent = self._entry(request.app_id)
        if not consent.knows(request.what):
            raise NotFoundError(
                f"{request.app_id} asks for nothing called {request.what[:80]}",
                hint=f"see `ivi app info {request.app_id}`",
            )
        if request.granted and not self._driving.may_set_up:
            return GrantChanged([], self._not_now())
        try:
            changed = consent.grant(request.what, DRIVER) if request.granted else consent.revoke(request.what, DRIVER)
        except sqlite3.Error as error:
            raise UnavailableError(f"the decision could not be kept: {error}", hint="check the disk") from error
        text = "you gave it the right to {}" if request.granted else "you took back the right to {}"
        action = "grant" if request.granted else "revoke"
        for atom in changed:
            reason = text.format(words.sentence(atom))
            self._audit.note(app.id, action, _target(atom), allowed=request.granted, reason=reason)
        return GrantChanged([words.said(atom) for atom in changed], "" if changed else "it was so already")

    def _not_now(self) -> str:
        return "permissions are given while the car is parked; taking them back is possible at any time"

    def _info(self, request: GetAppInfo) -> AppInfo:
        app, manifest, consent = self._entry(request.app_id)
        resources = {name: int(getattr(manifest.resources, name)) for name in manifest.resources.__struct_fields__}
        return AppInfo(
            app.id, app.name, manifest.app.version, consent.publisher, app.state.value, app.reason, list(app.layers),
            rating.rating(manifest.permission), rating.rating(consent.in_force()),
            [_view(term) for term in consent.terms], resources, app.denied,
        )  # fmt: skip

    def _entry(self, app_id: str) -> tuple[HostedApp, Manifest, Consent]:
        if (entry := self._apps.get(app_id)) is None:
            raise NotFoundError(f"there is no app {app_id[:80]}", hint="see `ivi app list`")
        return entry


def _target(permission: Permission) -> str:
    return ", ".join([use_of(permission), *names(permission)])


def _view(term: Term) -> PermissionView:
    newest = max((one for _, one in term.decided if one is not None), key=lambda one: one.time_ns, default=None)
    asked = term.permission
    return PermissionView(
        term.key, use_of(asked), words.said(asked), reason_of(asked), term.required, term.standing,
        newest.by if newest else "", newest.time_ns if newest else 0, names(asked), term.problem,
        reasons_of(asked),
    )  # fmt: skip


def _question(app: HostedApp, terms: list[Term], *, update: bool) -> Question:
    items = [
        PromptItem(
            term.key,
            words.said(term.permission),
            words.quoted(term.permission),
            choice=not term.required,
            reason=reason_of(term.permission),
            reasons=reasons_of(term.permission),
        )
        for term in sorted(terms, key=lambda term: not term.required)
    ]
    required = sum(term.required for term in terms)
    parts = []
    if required:
        parts.append("It cannot run without the lines that have no switch.")
    if required < len(terms):
        parts.append("Switch on what you want to allow besides." if required else "Switch on what you want to allow.")
    parts.append("You can take all of it back at any time.")
    title = f"{app.name} wants to do more than before" if update else f"What may {app.name} do?"
    return Question(
        app.id, app.name, PromptKind.CONSENT, title, " ".join(parts),
        ACTIONS, tuple(items), seconds=SECONDS, set_up=True, from_app=False,
    )  # fmt: skip
