# SPDX-License-Identifier: Apache-2.0
"""OBD-II answers as numbers and texts, the key hook, and `ivi diag` without its extra."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.cli import diag
from ivi.model.errors import ConfigurationError, InvalidArgumentError


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.startswith("ivi.providers.uds")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "udsoncan", None)
    monkeypatch.setitem(sys.modules, "isotp", None)
    with pytest.raises(ConfigurationError) as refused:
        diag.main(["scan"])
    assert "ivi[diag]" in refused.value.hint


@pytest.mark.parametrize("words", [["--share", "0"], ["--share", "101"], ["--limit", "0"], ["--limit", "1e9"]])
def test_senseless_bounds_are_refused(words: list[str]) -> None:
    pytest.importorskip("isotp", reason="needs the extra ivi[diag]: can-isotp")
    pytest.importorskip("udsoncan", reason="needs the extra ivi[diag]: udsoncan")
    with pytest.raises(InvalidArgumentError):
        diag.main(["scan", *words])


class TestAnswers:
    """Parsers of OBD-II answers."""

    @pytest.fixture(autouse=True)
    def _needs(self) -> None:
        pytest.importorskip("isotp", reason="needs the extra ivi[diag]: can-isotp")
        pytest.importorskip("udsoncan", reason="needs the extra ivi[diag]: udsoncan")

    def test_bitmaps(self) -> None:
        from ivi.providers.uds.obd import parse_bitmap  # noqa: PLC0415  # needs the extra

        assert parse_bitmap(0x00, bytes.fromhex("80000001")) == [0x01, 0x20]
        assert parse_bitmap(0x20, bytes.fromhex("00000001")) == [0x40]
        assert parse_bitmap(0x00, b"\x80") == [0x01]

    def test_codes(self) -> None:
        from ivi.providers.uds.obd import parse_codes  # noqa: PLC0415  # needs the extra

        assert parse_codes(bytes.fromhex("020a1fc100")) == ["P0A1F", "U0100"]
        assert parse_codes(bytes.fromhex("010a1f00000000")) == ["P0A1F"]
        assert parse_codes(b"") == []

    @given(data=st.binary(max_size=300))
    def test_any_bytes_are_codes_or_nothing(self, data: bytes) -> None:
        from ivi.providers.uds.obd import parse_codes, parse_text  # noqa: PLC0415  # needs the extra

        assert all(len(code) == 5 for code in parse_codes(data))
        assert "\0" not in parse_text(data)

    @pytest.mark.parametrize("name", ["nothing", "no.such.module:key", "json:no_such"])
    def test_a_key_hook_that_is_none_is_refused(self, name: str) -> None:
        from ivi.providers.uds.tester import load_hook  # noqa: PLC0415  # needs the extra

        with pytest.raises(ConfigurationError, match="key_hook"):
            load_hook(name)

    def test_a_key_hook_is_loaded(self) -> None:
        from ivi.providers.uds.tester import load_hook  # noqa: PLC0415  # needs the extra

        assert load_hook("json:dumps") is not None
        assert load_hook("") is None
