# SPDX-License-Identifier: Apache-2.0
"""Canonical JSON (RFC 8785 for objects of texts, whole numbers, lists and null): what is signed has one spelling."""

import json

import msgspec

from ivi.apphost.output import plain
from ivi.model.errors import InvalidArgumentError

_HINT = "it was not made by `ivi app`, or was edited afterwards"


def encode(document: msgspec.Struct) -> bytes:
    """The one spelling of a document: keys sorted, no white space, UTF-8."""
    plain = msgspec.to_builtins(document)
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def decode[T: msgspec.Struct](data: bytes, kind: type[T], where: str) -> T:
    """Read a document strictly. Raises InvalidArgumentError for wrong types, unknown keys or another spelling.

    A second spelling would let two readers see two documents under one signature, as with a key that is there twice.
    """
    try:
        document = msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        text = plain(str(error).replace("`$.", "`"))  # it quotes keys of the document
        raise InvalidArgumentError(f"{where}: {text}", hint=_HINT) from error
    if encode(document) != data:
        raise InvalidArgumentError(f"{where}: is not canonical JSON", hint=_HINT)
    return document
