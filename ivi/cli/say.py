# SPDX-License-Identifier: Apache-2.0
"""`ivi say`."""

import argparse
import asyncio
from pathlib import Path

from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.model.voice import MAX_WAV, PushToTalk, SayText, SayWav, Understood, VoiceAnswer, VoiceRequest

LIMIT = 20.0  # seconds for listening, recognising and acting
NOT_DONE = 1  # exit status when the sentence was not understood or could not be done


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi say`."""
    parser = argparse.ArgumentParser(
        prog="ivi say", description="Speak or type one sentence to the assistant of a running ivi."
    )
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("sentence", nargs="?", help='typed, e.g. "set the temperature to twenty one degrees"')
    how.add_argument("--wav", type=Path, metavar="FILE", help="recorded: 16-bit mono PCM")
    how.add_argument("--microphone", action="store_true", help="listen for one sentence")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi say`."""
    arguments = build_parser().parse_args(argv)
    request: VoiceRequest
    if arguments.wav is not None:
        request = SayWav(_read(arguments.wav))
    elif arguments.microphone:
        request = PushToTalk()
    elif arguments.sentence.strip():
        request = SayText(arguments.sentence)
    else:
        raise InvalidArgumentError("the sentence is empty", hint='try "what can i say"')
    return asyncio.run(_say(request))


async def _say(request: VoiceRequest) -> int:
    async with LinkClient(socket_path("voice"), VoiceAnswer) as client:
        understood: Understood = await client.call(request, LIMIT)
    slots = ", ".join(f"{name}={value}" for name, value in understood.slots.items())
    print(f'heard:  "{understood.sentence}"' if understood.sentence else "heard:  nothing")
    print(f"meant:  {understood.intent or 'not understood'}{f' ({slots})' if slots else ''}")
    print(f"answer: {understood.answer}")
    return 0 if understood.ok else NOT_DONE


def _read(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"cannot read {path}: {error.strerror}", hint="check the path given with --wav"
        ) from error
    if len(data) > MAX_WAV:
        raise InvalidArgumentError(f"{path} is longer than one sentence", hint=f"at most {MAX_WAV // 1000} kB")
    return data
