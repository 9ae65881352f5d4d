# SPDX-License-Identifier: Apache-2.0
"""The description of a car's diagnostics, a TOML file: ECUs and addresses, data, routines, texts of codes.

can_dbc/ivi_ev/diagnostics.toml is the example; docs/diagnostics.md explains each key. Without a file the standard
identifiers and whatever ECUs answer still work.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ivi.model.errors import ConfigurationError, InvalidArgumentError, NotFoundError
from ivi.providers.uds.codec import NUMBERS, TYPES, DataItem
from ivi.providers.uds.trouble import parse_code

RESPONSE_OFFSET = 8  # an 11-bit ECU answers 8 above its request, unless the file says otherwise
ID_MAX = 0x1FFFFFFF
FUNCTIONAL = 0x7DF

STANDARD_DATA = (
    DataItem(0xF187, "part_number", "spare part number", "ascii"),
    DataItem(0xF18C, "serial_number", "serial number of the ECU", "ascii"),
    DataItem(0xF190, "vin", "vehicle identification number", "ascii", 17),
    DataItem(0xF191, "hardware", "hardware number", "ascii"),
    DataItem(0xF195, "software", "software version", "ascii"),
)
"""Identifiers that ISO 14229-1 annex C gives a meaning."""


@dataclass(frozen=True, slots=True)
class EcuAddress:
    """Where an ECU listens and answers."""

    name: str
    request: int
    response: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class RoutineItem:
    """A routine that an ECU offers."""

    identifier: int
    name: str
    text: str = ""
    ecu: str = ""


@dataclass(frozen=True)
class Description:
    """All that a file says."""

    ecus: Mapping[str, EcuAddress] = field(default_factory=dict)
    data: tuple[DataItem, ...] = STANDARD_DATA
    routines: tuple[RoutineItem, ...] = ()
    codes: Mapping[int, str] = field(default_factory=dict)
    functional: int = FUNCTIONAL
    bit_rate: int = 500_000
    share: float = 0.02
    key_hook: str = ""
    """``package.module:function`` that computes security keys; empty for none."""

    def ecu(self, name: str) -> EcuAddress:
        """The ECU of that name; ``0x7E0`` names one by its address. Raises NotFoundError."""
        found = self.ecus.get(name.upper())
        if found is not None:
            return found
        request = _integer(name)
        if request is None or not 0 < request + RESPONSE_OFFSET <= ID_MAX:
            known = ", ".join(self.ecus) or "none is described"
            raise NotFoundError(f"there is no ECU {name!r}", hint=f"known: {known}; or an address such as 0x7E0")
        return next(
            (ecu for ecu in self.ecus.values() if ecu.request == request),
            EcuAddress(f"0x{request:03X}", request, request + RESPONSE_OFFSET),
        )

    def item(self, wanted: str) -> DataItem:
        """A data identifier by name or number (``F190``, ``0xF190``). Raises NotFoundError."""
        for item in self.data:
            if item.name == wanted.lower():
                return item
        number = _integer(wanted if wanted.lower().startswith("0x") else f"0x{wanted}")
        if number is None or not 0 <= number <= 0xFFFF:  # noqa: PLR2004  # two bytes
            names = ", ".join(item.name for item in self.data)
            raise NotFoundError(f"there is no data {wanted!r}", hint=f"four hexadecimal digits, or one of: {names}")
        return self.numbered(number)

    def numbered(self, identifier: int) -> DataItem:
        """The item with that number; an unknown one is shown as hexadecimal digits."""
        known = (item for item in self.data if item.identifier == identifier)
        return next(known, DataItem(identifier, f"{identifier:04X}"))

    def routine(self, wanted: str) -> RoutineItem:
        """A routine by name or number. Raises NotFoundError."""
        for item in self.routines:
            if item.name == wanted.lower():
                return item
        number = _integer(wanted if wanted.lower().startswith("0x") else f"0x{wanted}")
        if number is None or not 0 <= number <= 0xFFFF:  # noqa: PLR2004  # two bytes
            names = ", ".join(item.name for item in self.routines) or "none is described"
            raise NotFoundError(f"there is no routine {wanted!r}", hint=f"four hexadecimal digits, or one of: {names}")
        return next((item for item in self.routines if item.identifier == number), RoutineItem(number, f"{number:04X}"))


def load(path: Path) -> Description:
    """Read a description. Raises ConfigurationError with file, key and what is wrong."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(
            f"cannot read {path}: {error.strerror}", hint="give a file with --description"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is no TOML file: {error}", hint="mend that line") from error
    return _Reader(path).read(table)


class _Reader:
    """Checks a file key by key, so that an error says where."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, table: dict[str, Any]) -> Description:
        self._known("the file", table, {"bus", "ecus", "data", "routines", "codes", "security"})
        bus = self._table(table, "bus")
        self._known("bus", bus, {"functional", "bit_rate", "share"})
        ecus = {name.upper(): self._ecu(name, entry) for name, entry in self._tables(table, "ecus")}
        data = [self._item(key, entry) for key, entry in self._tables(table, "data")]
        described = {item.identifier for item in data}
        return Description(
            ecus=ecus,
            data=(*(item for item in STANDARD_DATA if item.identifier not in described), *data),
            routines=tuple(self._routine(key, entry) for key, entry in self._tables(table, "routines")),
            codes=dict(self._code(key, text) for key, text in self._table(table, "codes").items()),
            functional=self._get("bus", bus, "functional", int, FUNCTIONAL),
            bit_rate=self._get("bus", bus, "bit_rate", int, 500_000),
            share=float(self._get("bus", bus, "share", (int, float), 0.02)),
            key_hook=self._get("security", self._table(table, "security"), "key_hook", str, ""),
        )

    def _ecu(self, name: str, entry: dict[str, Any]) -> EcuAddress:
        where = f"ecus.{name}"
        self._known(where, entry, {"request", "response", "text"})
        request = self._get(where, entry, "request", int, 0)
        response = self._get(where, entry, "response", int, request + RESPONSE_OFFSET)
        if not (0 < request <= ID_MAX and 0 < response <= ID_MAX) or request == response:
            raise self._wrong(where, "needs two different identifiers", "request = 0x7E0, response = 0x7E8")
        return EcuAddress(name.upper(), request, response, self._get(where, entry, "text", str, ""))

    def _item(self, key: str, entry: dict[str, Any]) -> DataItem:
        where = f"data.{key}"
        self._known(where, entry, {"name", "text", "type", "length", "factor", "offset", "unit", "words", "ecus"})
        kind = self._get(where, entry, "type", str, "hex")
        if kind not in TYPES:
            raise self._wrong(where, f"has the unknown type {kind!r}", f"one of {', '.join(TYPES)}")
        length = NUMBERS[kind][0] if kind in NUMBERS else self._get(where, entry, "length", int, 0)
        words = self._get(where, entry, "words", dict, {})
        return DataItem(
            self._number(where, key),
            self._get(where, entry, "name", str, key).lower(),
            self._get(where, entry, "text", str, ""),
            kind,
            length,
            float(self._get(where, entry, "factor", (int, float), 1.0)),
            float(self._get(where, entry, "offset", (int, float), 0.0)),
            self._get(where, entry, "unit", str, ""),
            {self._number(f"{where}.words", number): str(word) for number, word in words.items()},
            tuple(str(name).upper() for name in self._get(where, entry, "ecus", list, [])),
        )

    def _routine(self, key: str, entry: dict[str, Any]) -> RoutineItem:
        where = f"routines.{key}"
        self._known(where, entry, {"name", "text", "ecu"})
        name = self._get(where, entry, "name", str, key).lower()
        text, ecu = self._get(where, entry, "text", str, ""), self._get(where, entry, "ecu", str, "").upper()
        return RoutineItem(self._number(where, key), name, text, ecu)

    def _code(self, key: str, text: object) -> tuple[int, str]:
        try:
            return parse_code(key), str(text)
        except InvalidArgumentError as error:
            raise self._wrong(f"codes.{key}", "is no trouble code", "write it as P0A1F-00") from error

    def _number(self, where: str, key: str) -> int:
        number = _integer(f"0x{key}")
        if number is None or not 0 <= number <= 0xFFFFFFFF:  # noqa: PLR2004  # four bytes
            raise self._wrong(where, "is no hexadecimal number", 'write the key as "F190"')
        return number

    def _tables(self, table: dict[str, Any], key: str) -> Iterable[tuple[str, dict[str, Any]]]:
        for name, entry in self._table(table, key).items():
            if not isinstance(entry, dict):
                raise self._wrong(f"{key}.{name}", "is no table", f"[{key}.{name}] and its keys below")
            yield name, entry

    def _table(self, table: dict[str, Any], key: str) -> dict[str, Any]:
        found: dict[str, Any] = self._get("the file", table, key, dict, {})
        return found

    def _get(self, where: str, table: dict[str, Any], key: str, kind: Any, default: Any) -> Any:  # noqa: ANN401
        value = table.get(key, default)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self._wrong(where, f"{key} has a value of the wrong type", f"see {key} in docs/diagnostics.md")
        return value

    def _known(self, where: str, table: dict[str, Any], keys: set[str]) -> None:
        for strange in table.keys() - keys:
            raise self._wrong(where, f"has the unknown key {strange!r}", f"known: {', '.join(sorted(keys))}")

    def _wrong(self, where: str, what: str, fix: str) -> ConfigurationError:
        return ConfigurationError(f"{self._path}: {where} {what}", hint=fix)


def _integer(text: str) -> int | None:
    try:
        return int(text, 0)
    except ValueError:
        return None
