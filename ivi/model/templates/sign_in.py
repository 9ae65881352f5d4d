# SPDX-License-Identifier: Apache-2.0
"""Signing in to an account, without typing a password in the car. Shown while parked."""

from typing import Annotated

import msgspec

from ivi.model.templates.page import Actions, Page
from ivi.model.templates.texts import RowText, Short, Title


class QrMethod(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="qr", tag_field="method"):
    """The host draws this address as a QR code and names its host in words; nothing in the car opens it."""

    address: Annotated[
        str, msgspec.Meta(max_length=200, pattern=r"^https://[a-z0-9.-]{1,80}(?::[0-9]{1,5})?(?:[/?#][!-~]*)?$")
    ]


class PinMethod(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="pin", tag_field="method"):
    """A code to type on another device."""

    pin: Annotated[str, msgspec.Meta(pattern="^[A-Z0-9](?:[A-Z0-9 -]{1,10})[A-Z0-9]$")]
    where: Short
    """Where it is typed, e.g. `example.com/car`."""


class ProviderMethod(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="provider", tag_field="method"):
    """An account that the phone or the car knows: one button, whose touch comes as Tapped with `sign_in`."""

    provider: Annotated[str, msgspec.Meta(min_length=1, max_length=24)]


class SignInTemplate(Page, frozen=True, tag="sign_in"):
    """A way to sign in."""

    title: Title
    text: RowText
    """What to do, in a sentence."""
    method: QrMethod | PinMethod | ProviderMethod
    actions: Actions = msgspec.field(default_factory=list)
