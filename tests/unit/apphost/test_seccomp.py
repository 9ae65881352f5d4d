# SPDX-License-Identifier: Apache-2.0
import pytest

from ivi.apphost.sandbox import seccomp
from ivi.apphost.sandbox.generate import ALLOWED, ARCHITECTURES, FORKING, KINDS, LISTENING, REFUSED, compile_filter
from ivi.model.errors import ConfigurationError


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_bytes_are_what_the_lists_compile_to(architecture: str, kind: str) -> None:
    try:
        compiled = compile_filter(architecture, kind)
    except (ImportError, RuntimeError) as error:  # pyseccomp raises RuntimeError without its libseccomp
        pytest.skip(f"filters cannot be compiled here: {error}")
    assert compiled == seccomp.load(kind, architecture)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_program_is_whole_instructions_under_the_kernels_limit(architecture: str, kind: str) -> None:
    size = len(seccomp.load(kind, architecture))
    assert size % 8 == 0
    assert 100 < size // 8 < 4096


def test_no_call_is_on_two_lists() -> None:
    names = [*ALLOWED.split(), *FORKING.split(), *LISTENING.split(), *REFUSED.split()]
    assert len(names) == len(set(names))


def test_an_unknown_machine_is_one_clear_error() -> None:
    with pytest.raises(ConfigurationError, match="sparc"):
        seccomp.load("solo", "sparc")
