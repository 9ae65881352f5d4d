# SPDX-License-Identifier: Apache-2.0
"""Phones that are paired, and their calls. The car cannot dial: that is answered with what to do instead."""

from ivi.model.phone import (
    AnswerCall,
    BluetoothState,
    Calls,
    CallState,
    EndCall,
    Phone,
    Phones,
    SubscribeCalls,
    SubscribePhone,
)
from ivi.voice.dialogue.outcome import Outcome, Slots
from ivi.voice.dialogue.world import Action, World

RINGING = frozenset({CallState.INCOMING, CallState.WAITING})


async def read_phone(world: World, _slots: Slots) -> Outcome:
    """Which phone is connected."""
    said: Phones = await world.services.now(SubscribePhone())
    if said.state is not BluetoothState.ON:
        return Outcome(ok=False, answer="off")
    phone = _connected(said)
    if phone is None:
        return Outcome(ok=True, answer="paired" if said.phones else "none", values={"count": str(len(said.phones))})
    return Outcome(ok=True, answer="done", values={"phone": phone.name})


async def read_battery(world: World, _slots: Slots) -> Outcome:
    """How full the connected phone is."""
    phone = _connected(await world.services.now(SubscribePhone()))
    if phone is None:
        return Outcome(ok=False, answer="none")
    if phone.battery is None:
        return Outcome(ok=False, answer="unknown_value")
    return Outcome(ok=True, answer="done", values={"phone": phone.name, "percent": str(phone.battery)})


async def call(world: World, slots: Slots) -> Outcome:
    """Choose among names that fit, then say honestly that the phone has to dial."""
    wanted = str(slots.get("contact", ""))
    if not wanted and not world.contacts:
        return Outcome(ok=False, answer="no_contacts", page="phone")
    if not wanted:
        return Outcome(ok=False, answer="which", choose=("contact", world.contacts))
    fits = [name for name in world.contacts if wanted.casefold() in name.casefold().split()]
    if wanted not in world.contacts and len(fits) > 1:
        return Outcome(ok=False, answer="which", choose=("contact", tuple(fits)))
    phone = _connected(await world.services.now(SubscribePhone()))
    values = {"contact": fits[0] if len(fits) == 1 else wanted, "phone": phone.name if phone else ""}
    return Outcome(ok=False, answer="dial" if phone else "no_phone", values=values, page="phone")


async def take_call(world: World, _slots: Slots) -> Outcome:
    """Answer the call that rings."""
    return await _with_call(world, RINGING, AnswerCall)


async def hang_up(world: World, _slots: Slots) -> Outcome:
    """Refuse the call that rings, or end the one that is spoken in."""
    return await _with_call(world, frozenset(CallState), EndCall)


async def _with_call(world: World, states: frozenset[CallState], request: type[AnswerCall] | type[EndCall]) -> Outcome:
    said: Calls = await world.services.now(SubscribeCalls())
    if not said.possible:
        return Outcome(ok=False, answer="phone", page="phone")
    call = next((one for one in said.calls if one.state in states), None)
    if call is None:
        return Outcome(ok=False, answer="none")
    await world.services.call(request(call.id))
    return Outcome(ok=True, answer="done")


def _connected(said: Phones) -> Phone | None:
    return next((phone for phone in said.phones if phone.connected), None)


ACTIONS: dict[str, Action] = {
    "ReadPhone": read_phone,
    "ReadPhoneBattery": read_battery,
    "Call": call,
    "TakeCall": take_call,
    "HangUp": hang_up,
}
