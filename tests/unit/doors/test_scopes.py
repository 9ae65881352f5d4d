# SPDX-License-Identifier: Apache-2.0
"""Scopes in Kuksa's words: what each permits, and that nothing else is taken for a permission."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.doors.scopes import MAX_SCOPE, UnauthenticatedError, parse
from ivi.model.errors import InvalidArgumentError, PermissionDeniedError


def can(text: str, path: str) -> str:
    """Letters of what a scope permits for a leaf."""
    permissions = parse(text)
    answers = {
        "r": permissions.can_read(path),
        "a": path in permissions.actuate,
        "d": path in permissions.provide_data,
        "p": path in permissions.provide_actuation,
    }
    return "".join(letter for letter, answer in answers.items() if answer)


@pytest.mark.parametrize(
    ("scope", "path", "expected"),
    [
        ("", "Vehicle.Speed", ""),
        ("read", "Vehicle.Speed", "r"),
        ("read:Vehicle.Speed", "Vehicle.Speed", "r"),
        ("read:Vehicle.Speed", "Vehicle.SpeedLimit", ""),
        ("read:Vehicle.Cabin", "Vehicle.Cabin.Door.Row2.IsOpen", "r"),
        ("read:Vehicle.Cab", "Vehicle.Cabin.Door.Row2.IsOpen", ""),
        ("read:Vehicle.Cabin.Door.Row2", "Vehicle.Cabin.Door.Row2.IsOpen", "r"),  # Kuksa's own parser fails here
        ("read:Vehicle.*.IsOpen", "Vehicle.Trunk.IsOpen", "r"),
        ("read:Vehicle.*.IsOpen", "Vehicle.Body.Trunk.IsOpen", ""),
        ("read:Vehicle.Cabin.*", "Vehicle.Cabin.Door.IsOpen", ""),
        ("read:Vehicle.Cabin.**", "Vehicle.Cabin.Door.IsOpen", "r"),
        ("actuate:Vehicle.Cabin", "Vehicle.Cabin.Light", "ra"),
        ("provide:Vehicle.Cabin", "Vehicle.Cabin.Light", "rdp"),
        ("provide:data:Vehicle.Cabin", "Vehicle.Cabin.Light", "rd"),
        ("provide:actuation:Vehicle.Cabin", "Vehicle.Cabin.Light", "rp"),
        ("provide:data", "Vehicle.Cabin.Light", "rd"),
        ("create:Vehicle", "Vehicle.Cabin.Light", ""),
        ("read:Vehicle.Speed\n actuate:Vehicle.Cabin", "Vehicle.Cabin.Light", "ra"),
        ("read actuate provide", "Vehicle.Cabin.Light", "radp"),
    ],
)
def test_permits(scope: str, path: str, expected: str) -> None:
    assert can(scope, path) == expected


@pytest.mark.parametrize(
    "scope",
    [
        "write",
        "Read",
        "read:",
        "read:vehicle",
        "read:Vehicle.",
        "read:Vehicle..Speed",
        "read:Vehicle.As*.Test",
        "read:Vehicle.**.IsOpen",
        "read:**",
        "read:data:Vehicle",
        "actuate:actuation:Vehicle",
        "provide:metadata:Vehicle",
        "provide:data:",
        "read:Vehicle.Spéed",
        "read:Vehicle.Speed,actuate",
        "!read:Vehicle",
        "read:Vehicle.Speed read:9",
        "read:Vehicle.Speed\0",
        "x" * (MAX_SCOPE + 1),
    ],
)
def test_refuses_what_is_no_scope(scope: str) -> None:
    with pytest.raises(InvalidArgumentError):
        parse(scope)


@given(st.text(alphabet="readctuprovi:VehicleRow2.* \t!é", max_size=60))
def test_anything_is_parsed_or_refused(text: str) -> None:
    try:
        permissions = parse(text)
    except InvalidArgumentError:
        return
    if "actuate" not in text:
        assert "Vehicle.Row2" not in permissions.actuate


def test_needs_name_the_scope() -> None:
    permissions = parse("read:Vehicle.Speed")
    permissions.need_read("Vehicle.Speed")
    for need in (permissions.need_read, permissions.need_actuate):
        with pytest.raises(PermissionDeniedError, match="scope"):
            need("Vehicle.IsMoving")
    for actuation in (False, True):
        with pytest.raises(PermissionDeniedError, match="scope provide"):
            permissions.need_provide("Vehicle.Speed", actuation=actuation)


def test_time_is_over() -> None:
    parse("read", time.time() + 60).need_valid()
    with pytest.raises(UnauthenticatedError, match="expired"):
        parse("read", time.time() - 1).need_valid()
