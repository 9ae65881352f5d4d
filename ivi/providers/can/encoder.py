# SPDX-License-Identifier: Apache-2.0
"""From target values to command frames: `vss2dbc` rules over cantools' encoder, with range checks."""

from collections.abc import Mapping
from dataclasses import dataclass

import can
from cantools.database.can import Message, Signal
from cantools.database.errors import Error as CantoolsError

from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.model.signal import Scalar, Value
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

    @property
    def paths(self) -> list[str]:
        """VSS paths that can be commanded."""
        return list(self._commands)

    def encode(self, targets: Mapping[str, Value]) -> tuple[list[can.Message], dict[str, Value]]:
        """The frames for these targets, one for each message, and the values that the car will report (in its steps).

        Raises InvalidArgumentError when a value cannot be carried by its signal.
        """
        fields: dict[str, dict[str, Scalar]] = {}
        expected: dict[str, Value] = {}
        for path, value in targets.items():
            command = self._commands.get(path)
            if command is None:
                raise InvalidArgumentError(f"{path} cannot be commanded in this car", hint="its overlay has no vss2dbc")
            sent, expected[path] = _to_signal(command, value)
            fields.setdefault(command.message.name, {})[command.signal.name] = sent
        messages = {command.message.name: command.message for command in self._commands.values()}
        return [_frame(messages[name], values) for name, values in fields.items()], expected


def _command(rule: ToDbc, dbc: LoadedDbc) -> _Command:
    for message in dbc.database.messages:
        if rule.message and message.name != rule.message:
            continue
        for signal in message.signals:
            if signal.name == rule.signal:
                return _Command(rule, message, signal)
    raise ConfigurationError(
        f"{rule.path}: the DBC has no signal {rule.signal} to send", hint="overlay and DBC must belong together"
    )


def _to_signal(command: _Command, value: Value) -> tuple[Scalar, Value]:
    """What to encode, and what the car will report for it."""
    if isinstance(value, list | dict):
        raise InvalidArgumentError(f"{command.rule.path}: lists and structs cannot be sent in a CAN signal")
    if command.rule.transform is not None:
        sent = command.rule.transform(value)
        if sent is None:
            raise InvalidArgumentError(f"{command.rule.path}: the overlay has no signal value for {value!r}")
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
    low, high = command.signal.minimum, command.signal.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        raise InvalidArgumentError(
            f"{command.rule.path}: {value:g} is out of the signal's range", hint=f"{low} to {high}"
        )


def _frame(message: Message, requested: Mapping[str, Scalar]) -> can.Message:
    values: dict[str, Scalar] = {signal.name: _start_value(signal) for signal in message.signals}
    values.update(requested)
    try:
        data = message.encode(values, strict=True)
    except (CantoolsError, ValueError, KeyError) as error:  # KeyError: a text that the value table lacks
        raise InvalidArgumentError(f"{message.name} cannot carry {dict(requested)}: {error}") from error
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
