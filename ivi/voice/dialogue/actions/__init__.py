# SPDX-License-Identifier: Apache-2.0
"""What each intent does, a module a domain. An action returns which answer fits, never words."""

from ivi.voice.dialogue.actions import (
    air,
    apps,
    battery,
    charging,
    departures,
    doors,
    lights,
    media,
    messages,
    phone,
    places,
    reminders,
    seats,
    service,
    settings,
    temperature,
    vehicle,
    volume,
    warnings,
    windows,
)
from ivi.voice.dialogue.world import Action

ACTIONS: dict[str, Action] = {}
for _domain in (
    temperature,
    air,
    departures,
    seats,
    windows,
    doors,
    lights,
    media,
    volume,
    places,
    battery,
    charging,
    phone,
    messages,
    vehicle,
    warnings,
    service,
    reminders,
    settings,
    apps,
):
    ACTIONS.update(_domain.ACTIONS)
"""By intent."""
