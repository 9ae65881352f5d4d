#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write docs/schema/app-link.json: the JSON Schema of every message between an app and its host.

The wire is msgpack; msgpack and JSON describe the same values, so JSON Schema (2020-12) describes the messages for
people who write an SDK in another language. `--check` fails when the file is not what the code says.
"""

import argparse
import inspect
import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from ivi.model import link
from ivi.model.app import AppAnswer, AppRequest

FILE = Path(__file__).resolve().parents[1] / "docs" / "schema" / "app-link.json"
WIRE = (
    "A frame is a 4-byte big-endian length and that many bytes of msgpack: one envelope. Structs are arrays whose "
    "first element is the tag. The app sends call and cancel, the host sends reply, failure and event; `body` is one "
    "of the requests in what the app sends and one of the answers in what the host sends."
)


def schema() -> dict[str, object]:
    """The whole document. An envelope's body is described apart, because any message may be in it."""
    kinds = (link.Call, link.Cancel, link.Reply, link.Failure, link.Event, AppRequest, AppAnswer)
    schemas, components = msgspec.json.schema_components(kinds, schema_hook=_raw)
    names = ("call", "cancel", "reply", "failure", "event", "request", "answer")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ivi app link",
        "description": WIRE,
        "$defs": {**dict(zip(names, schemas, strict=True)), **{name: _clean(one) for name, one in components.items()}},
    }


def _clean(component: dict[str, Any]) -> dict[str, Any]:
    """Without the indentation of docstrings, which Python takes away itself only from 3.13 on."""
    text = component.get("description")
    return component if text is None else {**component, "description": inspect.cleandoc(text)}


def _raw(kind: type) -> dict[str, object]:
    if kind is msgspec.Raw:
        return {"description": "one of `request` or `answer`"}
    raise NotImplementedError(f"no schema for {kind}")  # msgspec's word from a hook for a type that it does not know


def main() -> int:
    """Write or check the file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    text = json.dumps(schema(), indent=1, sort_keys=True) + "\n"
    if not parser.parse_args().check:
        FILE.write_text(text, encoding="utf-8")
        return 0
    if FILE.is_file() and FILE.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write(f"{FILE} is not what the code says; run tools/export_schema.py\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
