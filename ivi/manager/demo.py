# SPDX-License-Identifier: Apache-2.0
"""What a demo does besides running: somebody speaks a sentence, and a picture is taken near the end."""

import asyncio
from pathlib import Path

from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.manager.child import Child
from ivi.manager.live import LiveStatus
from ivi.model.errors import IviError
from ivi.model.hmi import HmiAnswer, TakeScreenshot
from ivi.model.voice import SayText, SayWav, Understood, VoiceAnswer
from ivi.voice.tts.espeak import render

SENTENCE = "set the temperature to twenty one degrees"
SPEAK_AFTER = 6.0  # seconds of driving before the sentence, so that the screen shows the change
READY_LIMIT = 20.0  # seconds to wait for the voice
SPEECH_LIMIT = 15.0  # seconds for recognising and acting on a loaded machine
SCREENSHOT_LIMIT = 5.0  # seconds


async def speak(voice: Child, live: LiveStatus) -> None:
    """Say the sentence into the recogniser, as sound when espeak-ng is there, typed otherwise."""
    try:
        async with asyncio.timeout(READY_LIMIT):
            await voice.ready.wait()
    except TimeoutError:
        live.say("the voice is not ready: no sentence in this demo")
        return
    await asyncio.sleep(SPEAK_AFTER)
    async with LinkClient(socket_path("voice"), VoiceAnswer) as client:
        try:
            request: SayWav | SayText = SayWav(await render(SENTENCE))
            how = "spoken"
        except IviError as error:
            live.say(f"the sentence is typed, not spoken: {error}")
            request, how = SayText(SENTENCE), "typed"
        try:
            understood: Understood = await client.call(request, SPEECH_LIMIT)
        except IviError as error:
            live.say(f"the sentence failed: {error}")
            return
    live.say(f'{how}: "{understood.sentence}" -> {understood.intent or "not understood"}: {understood.answer}')


async def screenshot(path: Path) -> str:
    """Have the screen write its picture to an absolute path. Raises IviError when it cannot."""
    async with LinkClient(socket_path("hmi"), HmiAnswer) as client:
        answer = await client.call(TakeScreenshot(str(path)), SCREENSHOT_LIMIT)
    return f"{answer.path} ({answer.width}x{answer.height})"
