# SPDX-License-Identifier: Apache-2.0
"""Keeps one app's rights and its being held in step with what the driver decides and what the car can give."""

from ivi.apphost import words
from ivi.apphost.catalogue import SignalCatalogue
from ivi.apphost.consent import Consent
from ivi.apphost.holds import Hold
from ivi.apphost.hosted_app import HostedApp
from ivi.apphost.lifecycle import Lifecycle
from ivi.apphost.manifest import Manifest
from ivi.apphost.manifest_source import Source
from ivi.apphost.resolution import resolve
from ivi.model.apphost import AppState
from ivi.model.errors import ConfigurationError

CONSENT, CAR = "consent", "car"  # names of the holds that are put here
NAMED = 2  # permissions that the card names before it says how many more


class Agreement:
    """Follows the consent. A decision is in force in the turn of the loop in which it is made."""

    def __init__(self, app: HostedApp, manifest: Manifest, source: Source, consent: Consent, life: Lifecycle) -> None:
        self.consent = consent
        self._app, self._manifest, self._source, self._life = app, manifest, source, life
        consent.watch(self._decided)
        self._decided()

    def check(self, signals: SignalCatalogue) -> None:
        """Put the car's leaves behind the app's rights, or hold it with the line that does not fit."""
        try:
            resolved = resolve(self._manifest, self._source, signals)
        except ConfigurationError as error:
            self._life.holds.put(CAR, Hold(AppState.STOPPED_BY_LOAD_ERROR, str(error)))
            return
        self._life.holds.release(CAR)
        self.consent.absent(resolved.absent)
        self._life.rights.change(self.consent.in_force(), signals)

    def _decided(self) -> None:
        rights = self._life.rights
        before = rights.permissions
        rights.change(self.consent.in_force())
        self._app.tell_rights(before, rights.permissions)
        if lacking := self.consent.lacking():
            wanted = " and to ".join(words.sentence(term.permission) for term in lacking[:NAMED])
            more = f" and {len(lacking) - NAMED} more" if len(lacking) > NAMED else ""
            self._life.holds.put(CONSENT, Hold(AppState.STOPPED_NEEDS_CONSENT, f"it wants to {wanted}{more}"))
        else:
            self._life.holds.release(CONSENT)
