# SPDX-License-Identifier: Apache-2.0
"""What of an app's page may be shown in the present driving state, by what the services tell the screen itself.

The host has cut the page already. The screen does it again from its own knowledge, so that a host that is late or wrong
shows a driver no more than a driver may see.
"""

from ivi.model.app import Limits
from ivi.model.services import DrivingState, UxRestrictions
from ivi.model.templates import PageTemplate
from ivi.model.templates.limits import Part, limits_of, shortened

NOBODY_KNOWS = UxRestrictions(DrivingState.UNKNOWN, [], "", max_rows=6, max_chars=120)
FULLY_RESTRICTED = limits_of(NOBODY_KNOWS)
"""While nobody says what is allowed: what Android Automotive allows a moving car."""


def allowed(said: UxRestrictions | None) -> Limits:
    """The limits of a driving state; None while the services process is away."""
    return FULLY_RESTRICTED if said is None else limits_of(said)


def within(page: PageTemplate, limits: Limits) -> Part:
    """The part of a page that may be shown."""
    return shortened(page, limits)
