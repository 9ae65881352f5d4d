# SPDX-License-Identifier: Apache-2.0
"""Messages between the voice process and the app host: which sentences apps understand, and one that was said."""

import msgspec

MAX_SPOKEN = 200  # characters of an app's answer


class SubscribeAppIntents(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_app_intents"):
    """Opens a stream of AppIntents: all of them now, and again whenever they change."""

    language: str
    """As the files are named, e.g. `en`."""


class SayToApp(msgspec.Struct, array_like=True, frozen=True, tag="say_to_app"):
    """The driver has said something that an app understands; answered by AppSaid."""

    app_id: str
    intent: str
    slots: dict[str, str]


type Request = SubscribeAppIntents | SayToApp


class Phrase(msgspec.Struct, array_like=True, frozen=True):
    """One sentence in small letters without punctuation, and what it means."""

    text: str
    intent: str
    slots: dict[str, str] = {}


class AppPhrases(msgspec.Struct, array_like=True, frozen=True):
    """What one app understands."""

    app_id: str
    name: str
    phrases: list[Phrase]


class AppIntents(msgspec.Struct, array_like=True, frozen=True, tag="app_intents"):
    """One event of SubscribeAppIntents. No sentence is there twice."""

    apps: list[AppPhrases]


class AppSaid(msgspec.Struct, array_like=True, frozen=True, tag="app_said"):
    """Answer of SayToApp."""

    text: str
    """What to speak, plain text up to MAX_SPOKEN characters; empty when the app has nothing to say."""


type Answer = AppIntents | AppSaid
