# SPDX-License-Identifier: Apache-2.0
"""Templates as types: what they take, what they refuse, and that they travel unchanged."""

import importlib.util
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from ivi.model.errors import IviError
from ivi.model.services import DrivingState, UxRestriction, UxRestrictions
from ivi.model.templates import (
    PAGES,
    AlertTemplate,
    ListTemplate,
    NotificationTemplate,
    QrMethod,
    Row,
    Rule,
    Template,
    kind_of,
)
from ivi.model.templates.checks import check
from ivi.model.templates.limits import KINDS, limits_of, shortened
from ivi.model.templates.rules import rule_of

_spec = importlib.util.spec_from_file_location(
    "template_strategies", Path(__file__).with_name("template_strategies.py")
)
assert _spec is not None
assert _spec.loader is not None
template_strategies = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(template_strategies)

MOVING = limits_of(UxRestrictions(DrivingState.MOVING, [UxRestriction.LIMIT_CONTENT], "moving", 6, 20))
_decoder: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(Template)


@settings(max_examples=60, deadline=None)
@given(template_strategies.templates())
def test_every_template_travels_unchanged_and_fits_a_moving_car(template: Template) -> None:
    assert _decoder.decode(msgspec.msgpack.encode(template)) == template
    if not isinstance(template, NotificationTemplate | AlertTemplate):
        part = shortened(template, MOVING)
        if part.template is None:
            assert kind_of(template) == "sign_in"
            return
        short: Any = part.template
        for field in ("rows", "items", "queue", "markers"):
            assert len(getattr(short, field, [])) <= 6
        assert all(len(row.text) <= 20 for row in getattr(short, "rows", []))


@settings(max_examples=60, deadline=None)
@given(template_strategies.templates(template_strategies.ANY))
def test_whatever_an_app_sends_is_shown_or_refused_by_a_rule(template: Template) -> None:
    try:
        check(template)
    except IviError as error:
        rule = rule_of(error)
    else:
        rule = Rule.FORM
    assert rule is not None


def test_the_kinds_are_those_of_the_manifest_and_the_limits() -> None:
    every: tuple[type[msgspec.Struct], ...] = (*PAGES, NotificationTemplate, AlertTemplate)
    kinds = [str(kind.__struct_config__.tag) for kind in every]
    assert kinds == list(KINDS)


@pytest.mark.parametrize(
    "message",
    [
        {"template": "list", "title": "x", "rows": [], "qml": "import QtQuick"},
        {"template": "html", "title": "x"},
        {"template": "list", "title": "x" * 61, "rows": []},
        {"template": "list", "title": "x", "rows": [{"id": "a", "title": "b", "icon": "file:///etc/passwd"}]},
        {"template": "list", "title": "x", "rows": [{"id": "a", "title": "b", "picture": "http://example.com/x.png"}]},
        {"template": "list", "title": "x", "rows": [{"id": str(n), "title": "b"} for n in range(101)]},
        {"template": "media", "title": "x", "position": -1.0},
        {"template": "media", "title": "x", "position": float("nan")},
        {"template": "map_with_content", "title": "x", "markers": [], "centre": {"latitude": 91, "longitude": 0}},
        {"template": "sign_in", "title": "x", "text": "", "method": {"method": "qr", "address": "javascript:alert(1)"}},
        {"template": "charge_session", "title": "x", "state": "charging", "price": "1e9", "currency": "EUR"},
    ],
)
def test_what_is_no_template_is_not_decoded(message: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        _decoder.decode(msgspec.msgpack.encode(message))


def test_only_https_addresses_become_codes() -> None:
    encoded = msgspec.msgpack.encode(QrMethod("https://user@example.com/"))
    with pytest.raises(msgspec.ValidationError):
        msgspec.msgpack.decode(encoded, type=QrMethod)


def test_what_older_apps_wrote_still_reads() -> None:
    old = {"template": "list", "title": "Media", "rows": [{"id": "a", "title": "A", "selected": True}], "subtitle": "s"}
    assert _decoder.decode(msgspec.msgpack.encode(old)) == ListTemplate(
        "Media", [Row("a", "A", selected=True)], [], "s"
    )
