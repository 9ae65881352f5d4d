# SPDX-License-Identifier: Apache-2.0
"""Random templates of every kind, made from the types themselves, so that a new field is tried without being listed."""

from typing import Any

import msgspec
from hypothesis import strategies as st

from ivi.model.templates import Template

PLAIN = st.characters(categories=["L", "N", "P", "S"])
ANY = st.characters(codec="utf-8")


def templates(letters: st.SearchStrategy[str] = PLAIN) -> st.SearchStrategy[Any]:
    """Any template within the limits of its types; texts are made of these letters."""
    return _of(msgspec.inspect.type_info(Template), letters)


def _of(info: msgspec.inspect.Type, letters: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:  # noqa: PLR0911  # a type each
    match info:
        case msgspec.inspect.UnionType(types=types):
            return st.one_of([_of(one, letters) for one in types])
        case msgspec.inspect.StructType(cls=cls, fields=fields):
            return st.builds(cls, **{field.name: _of(field.type, letters) for field in fields})
        case msgspec.inspect.ListType(item_type=item, max_length=most):
            return st.lists(_of(item, letters), max_size=min(most or 0, 6))
        case msgspec.inspect.StrType(pattern=str(pattern)):
            return st.from_regex(pattern.replace("$", r"\Z"), alphabet=st.characters(codec="ascii"))
        case msgspec.inspect.StrType(min_length=least, max_length=most):
            return st.text(letters, min_size=least or 0, max_size=most)
        case msgspec.inspect.FloatType(ge=least, le=most):
            return st.floats(least, most, allow_nan=False)
        case msgspec.inspect.IntType(ge=least, le=most):
            return st.integers(least, most)
        case msgspec.inspect.BoolType():
            return st.booleans()
        case msgspec.inspect.EnumType(cls=cls):
            return st.sampled_from(cls)
        case msgspec.inspect.NoneType():
            return st.none()
        case _:
            raise TypeError(f"no strategy for {info}")
