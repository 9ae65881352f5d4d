# SPDX-License-Identifier: Apache-2.0
"""From target values to command frames: `vss2dbc` rules over cantools' encoder, with range checks."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass

import can
from cantools.database.can import Message, Signal
from cantools.database.errors import Error as CantoolsError

from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.model.signal import Scalar, Value
from ivi.providers.can.checksums import Guard, one_protection
from ivi.providers.can.dbc import LoadedDbc
from ivi.vss.mapping import DbcMapping, ToDbc


@dataclass(frozen=True)
class _Command:
    rule: ToDbc
    message: Message
    signal: Signal


class Encoder:
    """Builds command frames. A field without a request is sent at its start value (GenSigStartValue)."""

    def __init__(self, mapping: DbcMapping, dbc: LoadedDbc) -> None:
        self._commands = {rule.path: _command(rule, dbc) for rule in mapping.writes}
        self._messages = {command.message.name: command.message for command in self._commands.values()}
        self._guards = {name: guard for name in self._messages if (guard := self._guard(name)) is not None}
        self._counts: dict[str, int] = {}

    @property
    def paths(self) -> list[str]:
        """VSS paths that can be commanded."""
        return list(self._commands)

    def encode(self, targets: Mapping[str, Value]) -> tuple[list[can.Message], dict[str, Value]]:
        """The frames for these targets, one for each message, and the values that the car will report (in its steps).

        Raises InvalidArgumentError when a value cannot be carried by its signal.
        """
        payloads, expected = self._payloads(targets)
        return [_frame(self._messages[name], self._sealed(name, data)) for name, data in payloads.items()], expected

    def check(self, targets: Mapping[str, Value]) -> None:
        """Raise what `encode` would raise; no counter is used up."""
        self._payloads(targets)

    def _payloads(self, targets: Mapping[str, Value]) -> tuple[dict[str, bytes], dict[str, Value]]:
        """Payloads by message, without counter and checksum, and what the car will report."""
        fields: dict[str, dict[str, Scalar]] = {}
        expected: dict[str, Value] = {}
        for path, value in targets.items():
            command = self._commands.get(path)
            if command is None:
                raise InvalidArgumentError(f"{path} cannot be commanded in this car", hint="its overlay has no vss2dbc")
            sent, expected[path] = _to_signal(command, value)
            fields.setdefault(command.message.name, {})[command.signal.name] = sent
        return {name: _payload(self._messages[name], values) for name, values in fields.items()}, expected

    def _guard(self, name: str) -> Guard | None:
        said = [command.rule.protection for command in self._commands.values() if command.message.name == name]
        protection = one_protection(name, said)
        return None if protection is None else Guard(self._messages[name], protection)

    def _sealed(self, name: str, data: bytes) -> bytes:
        """With the message's next counter, and its checksum."""
        if (guard := self._guards.get(name)) is None:
            return data
        self._counts[name] = guard.next_count(self._counts.get(name))
        return guard.sealed(data, self._counts[name])


def _command(rule: ToDbc, dbc: LoadedDbc) -> _Command:
    for message in dbc.database.messages:
        if rule.message and message.name != rule.message:
            continue
        for signal in message.signals:
            if signal.name == rule.signal:
                return _Command(rule, message, signal)
    raise ConfigurationError(
        f"{rule.where or rule.path}: the DBC has no signal {rule.signal} to send",
        hint="overlay and DBC must belong together",
    )


def _to_signal(command: _Command, value: Value) -> tuple[Scalar, Value]:
    """What to encode, and what the car will report for it."""
    if isinstance(value, list | dict):
        raise InvalidArgumentError(f"{command.rule.path}: lists and structs cannot be sent in a CAN signal")
    if command.rule.transform is not None:
        sent = command.rule.transform(value)
        if sent is None:
            raise InvalidArgumentError(f"{command.rule.path}: the overlay has no signal value for {value!r}")
        if isinstance(sent, int | float):
            _check_range(command, sent)
        return sent, value
    if isinstance(value, bool):
        return int(value), value
    if isinstance(value, str):
        return value, value
    signal = command.signal
    _check_range(command, value)
    reported = signal.raw_to_scaled(signal.scaled_to_raw(value), decode_choices=False)
    if isinstance(reported, int | float) and isinstance(value, float):
        return float(reported), float(reported)
    return value, value


def _check_range(command: _Command, value: float) -> None:
    signal = command.signal
    low, high = _limits(signal)
    if not low <= value <= high:
        raise InvalidArgumentError(
            f"{command.rule.path}: {value:g} is out of the signal's range", hint=f"{low:g} to {high:g}"
        )


def _limits(signal: Signal) -> tuple[float, float]:
    """What the DBC allows, and what the signal's bits can hold; not a number is in no range."""
    if signal.conversion.is_float:
        low, high = -sys.float_info.max, sys.float_info.max
    else:
        half = 1 << (signal.length - 1)
        raws = (-half, half - 1) if signal.is_signed else (0, 2 * half - 1)
        low, high = sorted(raw * signal.conversion.scale + signal.conversion.offset for raw in raws)
    return (
        low if signal.minimum is None else max(low, signal.minimum),
        high if signal.maximum is None else min(high, signal.maximum),
    )


def _payload(message: Message, requested: Mapping[str, Scalar]) -> bytes:
    values: dict[str, Scalar] = {signal.name: _start_value(signal) for signal in message.signals}
    for name in requested:
        values.update(_selectors(message, message.get_signal_by_name(name)))
    values.update(requested)
    try:
        gathered = message.gather_signals(values)
        if missing := set(requested) - set(gathered):
            raise InvalidArgumentError(
                f"{', '.join(sorted(missing))} cannot be in one frame of {message.name} with others"
            )
        return message.encode(gathered, strict=True)
    except (CantoolsError, ValueError, KeyError, ArithmeticError) as error:  # KeyError: a text that the table lacks
        raise InvalidArgumentError(f"{message.name} cannot carry {dict(requested)}: {error}") from error


def _selectors(message: Message, signal: Signal) -> dict[str, Scalar]:
    """What the multiplexers above a signal must say, so that the signal is in the frame."""
    if not signal.multiplexer_ids or signal.multiplexer_signal is None:
        return {}
    above = message.get_signal_by_name(signal.multiplexer_signal)
    return {**_selectors(message, above), above.name: signal.multiplexer_ids[0]}


def _frame(message: Message, data: bytes) -> can.Message:
    return can.Message(
        arbitration_id=message.frame_id,
        is_extended_id=message.is_extended_frame,
        is_fd=message.is_fd,
        bitrate_switch=message.is_fd,
        data=data,
    )


def _start_value(signal: Signal) -> Scalar:
    initial = signal.initial
    if isinstance(initial, int | float | str):
        return initial
    return 0 if initial is None else str(initial)
