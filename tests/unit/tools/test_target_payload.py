# SPDX-License-Identifier: Apache-2.0
"""The guest of `make test-target` gets packages of the lock, with all that they need."""

from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import target_payload


def test_the_lock_has_every_package_with_its_hashes() -> None:
    found = dict(target_payload.pins(target_payload.requirements()))
    assert set(found) == target_payload.WANTED
    assert all("--hash=sha256:" in block for block in found.values())
    assert not any("#" in block for block in found.values())


def test_nothing_that_they_need_is_left_out() -> None:
    needed = {
        canonicalize_name(requirement.name)
        for name in target_payload.WANTED
        for requirement in map(Requirement, metadata.requires(name) or [])
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""})
    }
    assert needed <= target_payload.WANTED
