# SPDX-License-Identifier: Apache-2.0
"""Merge-patch: the examples of RFC 7396, Appendix A, and making a patch that leads from one document to another."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.cloud.twin.merge_patch import make_patch, merge_patch
from ivi.cloud.twin.settings import flatten, nest

RFC_7396 = [
    ('{"a":"b"}', '{"a":"c"}', '{"a":"c"}'),
    ('{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'),
    ('{"a":"b"}', '{"a":null}', "{}"),
    ('{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'),
    ('{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'),
    ('{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'),
    ('{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'),
    ('{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'),
    ('["a","b"]', '["c","d"]', '["c","d"]'),
    ('{"a":"b"}', '["c"]', '["c"]'),
    ('{"a":"foo"}', "null", "null"),
    ('{"a":"foo"}', '"bar"', '"bar"'),
    ('{"e":null}', '{"a":1}', '{"e":null,"a":1}'),
    ("[1,2]", '{"a":"b","c":null}', '{"a":"b"}'),
    ("{}", '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'),
]


@pytest.mark.parametrize(("target", "patch", "result"), RFC_7396)
def test_examples_of_the_rfc(target: str, patch: str, result: str) -> None:
    assert merge_patch(json.loads(target), json.loads(patch)) == json.loads(result)


names = st.text("abc", min_size=1, max_size=2)
documents = st.recursive(
    st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False) | st.text("xy", max_size=2),
    lambda inner: st.dictionaries(names, inner, max_size=4),
    max_leaves=8,
).filter(lambda document: isinstance(document, dict))


@given(documents, documents)
def test_a_patch_leads_there(before: dict[str, Any], after: dict[str, Any]) -> None:
    reached = merge_patch(before, make_patch(before, after))
    assert json.dumps(reached, sort_keys=True) == json.dumps(after, sort_keys=True)  # 1, 1.0 and true are not the same


@given(documents)
def test_no_change_is_no_patch(document: dict[str, Any]) -> None:
    assert make_patch(document, document) == {}


@given(st.dictionaries(st.sampled_from(["a.b", "a.c", "d", "e.f.g"]), st.integers()))
def test_dotted_names_and_back(leaves: dict[str, int]) -> None:
    assert flatten(nest(leaves)) == leaves
