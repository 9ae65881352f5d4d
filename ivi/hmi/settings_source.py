# SPDX-License-Identifier: Apache-2.0
"""Feeds the pages of settings, apps and resolution, and carries to each process what the driver does there."""

from collections.abc import Mapping
from functools import partial

import msgspec
from PySide6.QtCore import QCoreApplication, QObject

from ivi.hmi.measures import DECIMAL_MARKS, Measures
from ivi.hmi.models import Models
from ivi.hmi.qt_link import QtLink
from ivi.hmi.sentences import refusal, sentence
from ivi.model.apphost import Audit, ListAudit, StopApp
from ivi.model.campaigns import CampaignList, ListCampaigns
from ivi.model.errors import IviError, LinkError
from ivi.model.health import HealthReport, ListHealth
from ivi.model.privacy import Agree, Privacy, Revoke, Revoked, ShowPrivacy, Verified, VerifyConsents
from ivi.model.profiles import Language, Profiles, SubscribeProfiles
from ivi.model.resolution import ApplyFix, FaultLog, FixApplied, ReadFaultLog, Resolution, SubscribeResolution
from ivi.model.updates import ListUpdateHistory, SubscribeUpdates, UpdateHistory, Updates, UpdateState

translate = QCoreApplication.translate
FIX_TIMEOUT = 12.0  # seconds; a process that is started again is ended in order first
CHECK_TIMEOUT = 60.0  # seconds; repositories may be far away
AUDIT_LINES = 100


class SettingsSource(QObject):
    """One for the screen; the links are those of ivi.hmi.sources."""

    def __init__(self, links: Mapping[str, QtLink], models: Models, parent: QObject) -> None:
        super().__init__(parent)
        self._links, self._models = links, models
        self._updates: UpdateState | None = None
        self._language = Language.ENGLISH
        """What the profile said last. The guest's English is no wish: the screen may have been started in another."""
        services, cloud = links["services"], links["cloud"]
        services.follow(SubscribeProfiles(), self._show_profiles)
        services.follow(SubscribeResolution(), self._show_resolution)
        cloud.follow(SubscribeUpdates(), self._show_updates)
        services.changed.connect(self._services_changed)
        cloud.changed.connect(self._cloud_changed)
        models.driving.changed.connect(self._limit)
        models.profiles.send = self._change_profile
        models.language.changed.connect(self._measure)
        models.units.changed.connect(models.apps.redraw)
        models.units.changed.connect(models.energy.recorded)
        models.home.keep = partial(models.profiles.change, "home")
        models.resolution.apply = self._fix
        models.resolution.read = self._read_log
        models.updates.send = self._update
        models.privacy.ask = self._ask_privacy
        models.privacy.agreeing = self._agree
        models.privacy.revoking = self._revoke
        models.privacy.verifying = self._verify
        models.ledger.ask = self._ask_ledger
        models.buses.ask = self._ask_buses
        models.apps.finish = self._stop_app
        self._limit()

    # -- what the driving state allows --------------------------------------------------------------------------------
    def _limit(self) -> None:
        rows = self._models.driving.limits.max_rows
        models = self._models
        for shown in (
            *models.resolution.lists,
            *models.privacy.lists,
            *models.updates.lists,
            *models.ledger.lists,
        ):
            shown.limit(rows)

    def _services_changed(self) -> None:
        if not self._links["services"].connected:
            self._models.resolution.update(None)

    def _cloud_changed(self) -> None:
        if not self._links["cloud"].connected:
            self._models.updates.update(None)
            self._models.privacy.update(None)

    # -- services -----------------------------------------------------------------------------------------------------
    def _show_profiles(self, said: Profiles) -> None:
        self._models.profiles.update(said)
        chosen = said.preferences
        self._measure()
        self._models.lighting.prefer(chosen.look)
        self._models.home.take(chosen.home)
        if chosen.language is not self._language:
            self._language = chosen.language
            self._models.language.choose(chosen.language.value)

    def _measure(self) -> None:
        """Numbers in the driver's units, with the decimal mark of the language."""
        chosen = self._models.profiles.preferences
        mark = DECIMAL_MARKS.get(str(self._models.language.property("code")), ".")
        self._models.units.choose(Measures(chosen.distance, chosen.temperature, chosen.pressure, mark))

    def _change_profile(self, request: msgspec.Struct) -> None:
        self._links["services"].call(request, self._changed_profile)

    def _changed_profile(self, answer: object) -> None:
        if isinstance(answer, Profiles):
            self._show_profiles(answer)
        else:
            self._complain(answer)

    def _show_resolution(self, said: Resolution) -> None:
        self._models.resolution.update(said)

    def _fix(self, fault: str) -> None:
        self._links["services"].call(ApplyFix(fault), self._fixed, timeout=FIX_TIMEOUT)

    def _fixed(self, answer: object) -> None:
        self._models.resolution.applied()
        if isinstance(answer, FixApplied):
            self._models.notice.say(answer.said)
        elif not isinstance(answer, LinkError):  # our own question may have ended the process that answers
            self._complain(answer)

    def _read_log(self, fault: str) -> None:
        self._links["services"].call(ReadFaultLog(fault), partial(self._told_log, fault))

    def _told_log(self, fault: str, answer: object) -> None:
        if isinstance(answer, FaultLog):
            self._models.resolution.told(fault, answer)
        elif isinstance(answer, IviError):
            self._models.resolution.told(fault, refusal(answer))

    # -- cloud --------------------------------------------------------------------------------------------------------
    def _show_updates(self, said: Updates) -> None:
        before, self._updates = self._updates, said.state
        self._models.updates.update(said)
        waits = said.state is UpdateState.WAITING and not said.agreed
        # Who drives can do nothing about it: the page and the list of what is off have it when parked.
        if waits and before is not UpdateState.WAITING and not self._models.driving.limits.max_rows:
            self._models.notice.say(translate("Updates", "An update is ready. Settings show what it changes."))
        if before is not said.state:
            self._models.updates.recall()

    def _update(self, request: msgspec.Struct) -> None:
        if isinstance(request, ListUpdateHistory):
            self._links["cloud"].call(request, self._took_history)
        else:
            self._links["cloud"].call(request, self._updated, timeout=CHECK_TIMEOUT)

    def _took_history(self, answer: object) -> None:
        if isinstance(answer, UpdateHistory):
            self._models.updates.remember(answer)

    def _updated(self, answer: object) -> None:
        self._models.updates.answered()
        if isinstance(answer, Updates):
            self._show_updates(answer)
            self._models.updates.recall()
        else:
            self._complain(answer)

    def _ask_privacy(self) -> None:
        self._links["cloud"].call(ShowPrivacy(), self._show_privacy)
        self._links["cloud"].call(ListCampaigns(), self._show_campaigns)

    def _show_privacy(self, answer: object) -> None:
        if isinstance(answer, Privacy):
            self._models.privacy.update(answer)
        elif isinstance(answer, IviError):
            self._models.privacy.update(None, refusal(answer))

    def _show_campaigns(self, answer: object) -> None:
        if isinstance(answer, CampaignList):
            self._models.privacy.wanted(answer.campaigns)

    def _agree(self, purpose: str) -> None:
        self._links["cloud"].call(Agree(purpose), self._agreed)

    def _agreed(self, answer: object) -> None:
        if isinstance(answer, Privacy):
            self._models.privacy.update(answer)
        else:
            self._complain(answer)

    def _revoke(self, purpose: str) -> None:
        self._links["cloud"].call(Revoke(purpose), self._revoked)

    def _revoked(self, answer: object) -> None:
        if isinstance(answer, Revoked):
            said = translate("Privacy", "Taken back. %n records that waited will never be sent.", "", answer.given_up)
            self._models.notice.say(said)
        else:
            self._complain(answer)
        self._ask_privacy()

    def _verify(self) -> None:
        self._links["cloud"].call(VerifyConsents(), self._verified)

    def _verified(self, answer: object) -> None:
        if isinstance(answer, Verified):
            well = translate(
                "Privacy", "The ledger is whole: every signature of its %n lines is right.", "", answer.entries
            )
            self._models.notice.say(sentence(answer.fault) if answer.fault else well)
        else:
            self._complain(answer)

    # -- apps and buses -----------------------------------------------------------------------------------------------
    def _stop_app(self, app: str) -> None:
        self._links["apphost"].call(StopApp(app), self._complain)

    def _ask_ledger(self, app: str) -> None:
        self._links["apphost"].call(ListAudit(app, AUDIT_LINES), partial(self._show_ledger, app))

    def _show_ledger(self, app: str, answer: object) -> None:
        if isinstance(answer, Audit):
            self._models.ledger.update(app, answer)
        elif isinstance(answer, IviError):
            self._models.ledger.update(app, None, refusal(answer))

    def _ask_buses(self) -> None:
        self._links["databroker"].call(ListHealth(), self._show_buses)

    def _show_buses(self, answer: object) -> None:
        self._models.buses.update(answer.buses if isinstance(answer, HealthReport) else [])

    def _complain(self, answer: object) -> None:
        """Say what went wrong; anything else needs no word."""
        if isinstance(answer, IviError):
            self._models.notice.say(refusal(answer))
