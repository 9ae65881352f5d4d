# SPDX-License-Identifier: Apache-2.0
import asyncio
import logging

import pytest

from ivi.apphost.logbook import Logbook
from ivi.apphost.output import LINE_MAX, LINES_BURST, Output, plain


def read(data: bytes) -> Output:
    async def drive() -> Output:
        reader = asyncio.StreamReader()
        reader.feed_data(data)
        reader.feed_eof()
        output = Output("dev.ivi.test", Logbook())
        await output.read(reader)
        return output

    return asyncio.run(drive())


def test_what_a_terminal_would_obey_is_taken_out() -> None:
    assert plain("a\x1b]0;title\x07b\x9bc\r\u202ed\te") == "a]0;titlebcd e"


def test_lines_are_logged_with_the_app(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    output = read(b"one\n\ntwo\xff\nthree without an end")
    assert [record.getMessage() for record in caplog.records] == ["one", "two\ufffd", "three without an end"]
    assert output.last == "three without an end"


def test_percent_signs_are_text(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    read(b"%s %d 100%\n")
    assert caplog.records[0].getMessage() == "%s %d 100%"


def test_a_flood_is_dropped_and_counted(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    output = read(b"x\n" * 3000)
    assert output.dropped >= 2900
    assert len([record for record in caplog.records if record.getMessage() == "x"]) <= LINES_BURST + 20


def test_an_endless_line_is_cut(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    output = read(b"y" * 5000)
    assert {len(record.getMessage()) for record in caplog.records} == {LINE_MAX}
    assert output.last == "y" * LINE_MAX
