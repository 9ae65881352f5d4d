# SPDX-License-Identifier: Apache-2.0
"""The screen's preferences of whoever drives; the profiles service keeps them and refuses set-up while driving."""

from ivi.model.profiles import ChangePreference, Preferences, Profiles, SubscribeProfiles
from ivi.voice.dialogue.outcome import Outcome, Slots
from ivi.voice.dialogue.world import Action, World


def prefer(name: str) -> Action:
    """An action that sets a preference to the slot `value`."""

    async def action(world: World, slots: Slots) -> Outcome:
        value = str(slots["value"])
        value = value.lower() if value in {"True", "False"} else value
        before: Profiles = await world.services.now(SubscribeProfiles())
        old = _written(getattr(before.preferences, name))
        await world.services.call(ChangePreference(name, value))

        async def undo() -> None:
            await world.services.call(ChangePreference(name, old))

        return Outcome(ok=True, answer="done", values={name: value}, undo=undo)

    return action


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


async def read_driver(world: World, _slots: Slots) -> Outcome:
    """Who drives."""
    said: Profiles = await world.services.now(SubscribeProfiles())
    name = next((one.name for one in said.profiles if one.id == said.current), "")
    return Outcome(ok=True, answer="done" if name else "guest", values={"driver": name})


_PREFERENCES = {
    "Look": "look",
    "ScreenLanguage": "language",
    "DistanceUnit": "distance",
    "TemperatureUnit": "temperature",
    "PressureUnit": "pressure",
    "TextSize": "text_size",
    "ReducedMotion": "reduced_motion",
}
assert set(_PREFERENCES.values()) <= set(Preferences.__struct_fields__)  # noqa: S101  # a name that nobody would take

ACTIONS: dict[str, Action] = {
    **{intent: prefer(name) for intent, name in _PREFERENCES.items()},
    "ReadDriver": read_driver,
}
