# SPDX-License-Identifier: Apache-2.0
"""Supervises the recogniser worker: starts it, gives it one sentence at a time, and starts it again when it fails."""

import asyncio
import contextlib
import logging
import socket
import sys
from collections.abc import AsyncIterable, Callable, Mapping
from pathlib import Path
from typing import Any

from ivi.model.errors import (
    ConfigurationError,
    DeadlineError,
    IviError,
    LinkError,
    NotFoundError,
    UnavailableError,
    from_wire,
)
from ivi.model.link import FrameReader
from ivi.voice.nlu.context_grammar import HOME
from ivi.voice.stt import protocol

log = logging.getLogger(__name__)

START_TIMEOUT = 10.0  # seconds from exec to a loaded model; 0.2 s is usual
ANSWER_TIMEOUT = 4.0  # seconds from the last block to the result; some ms are usual
"""A recording comes faster than it was spoken: what is left of its own length may pass before."""
STOP_TIMEOUT = 1.0  # seconds that a worker may take to end after its socket closed
RETRY_FIRST, RETRY_LAST = 0.1, 30.0  # seconds between starts of a worker that keeps failing


class Recogniser:
    """Speech to text in a child process. A crash or a hang of it costs the present sentence and nothing more."""

    def __init__(self, contexts: Mapping[str, Path]) -> None:
        """`contexts`: folders that vosk loads by what may be said then, see ivi.voice.grammar.contexts."""
        self.restarts = 0
        """Workers that were lost and replaced."""
        self._contexts = dict(contexts)
        self._worker: _Worker | None = None
        self._starting = asyncio.Lock()
        self._busy = asyncio.Lock()
        self._sentence = 0
        self._keeper: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The worker's process id while it runs."""
        return self._worker.process.pid if self._worker is not None else None

    async def start(self) -> None:
        """Start the worker in the background and keep one running until `stop`."""
        self._keeper = asyncio.get_running_loop().create_task(self._keep())

    async def stop(self) -> None:
        """End the worker."""
        if self._keeper is not None:
            self._keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeper
        if self._worker is not None:
            await self._worker.close()
            self._worker = None

    async def load(self, contexts: Mapping[str, Path]) -> None:
        """Hold these grammars and no others from the next sentence on.

        Those that did not change stay loaded; a new one takes some 20 ms in the worker and none here.
        Raises ConfigurationError naming those that do not load; their last grammar stays. Without a worker at this
        moment the next one loads them.
        """
        async with self._starting:
            self._contexts = dict(contexts)
            worker = self._worker
        if worker is not None and not worker.ended.is_set():
            with contextlib.suppress(UnavailableError):  # it ended: the next one loads them
                failed = await worker.load(contexts)
                if failed:
                    raise _not_loaded(failed)

    def prepare(self, context: str) -> None:
        """The next sentence will be heard in this context: have it loaded while the car still speaks."""
        if self._worker is not None and context in self._contexts:
            self._worker.prepare(context)

    async def hear(
        self,
        blocks: AsyncIterable[bytes],
        rate: int,
        context: str = HOME,
        on_partial: Callable[[str], None] | None = None,
    ) -> protocol.Heard:
        """The sentence in these blocks of 16-bit mono audio; it may be complete before they end.

        `on_partial` is called with the words so far whenever they change.

        Raises NotFoundError for a context that was not loaded, UnavailableError when the worker cannot start or is lost
        in this sentence, DeadlineError when it hangs.
        """
        async with self._busy:
            if context not in self._contexts:
                raise NotFoundError(f"no grammar for {context}", hint=f"there are {', '.join(self._contexts)}")
            worker = await self._running()
            self._sentence += 1
            try:
                return await worker.hear(protocol.Begin(self._sentence, rate, context), blocks, on_partial)
            except DeadlineError:
                worker.kill()
                raise

    async def _keep(self) -> None:
        """Replace a worker that ended; wait longer each time while starting fails."""
        wait = RETRY_FIRST
        while True:
            try:
                worker = await self._running()
            except IviError as error:
                log.warning("the recogniser does not start", extra={"error": str(error), "again_in_s": wait})
                await asyncio.sleep(wait)
                wait = min(RETRY_LAST, wait * 2)
                continue
            wait = RETRY_FIRST
            await worker.ended.wait()
            status = await worker.close()
            self.restarts += 1
            log.warning("the recogniser ended; a new one starts", extra={"status": status})

    async def _running(self) -> "_Worker":
        async with self._starting:
            if self._worker is None or self._worker.ended.is_set():
                self._worker = await _Worker.launch(self._contexts)
            return self._worker


class _Worker:
    """One worker process and the connection to it."""

    def __init__(
        self, process: asyncio.subprocess.Process, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.process = process
        self.ended = asyncio.Event()
        self._writer = writer
        self._heard: asyncio.Future[protocol.Heard] | None = None
        self._sentence = 0
        self._fed = 0.0  # seconds of sound of the present sentence
        self._on_partial: Callable[[str], None] | None = None
        self._loading = asyncio.Lock()
        self._loaded: asyncio.Future[dict[str, str]] | None = None
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._reading = asyncio.get_running_loop().create_task(self._read(reader))

    @classmethod
    async def launch(cls, contexts: Mapping[str, Path]) -> "_Worker":
        """A worker whose grammars are loaded. Raises UnavailableError, DeadlineError or what the worker reports."""
        process, reader, writer = await _started()
        worker = cls(process, reader, writer)
        async with contextlib.AsyncExitStack() as undo:
            undo.push_async_callback(worker.close)
            try:
                async with asyncio.timeout(START_TIMEOUT):
                    await asyncio.shield(worker._ready)
                failed = await worker.load(contexts)
            except TimeoutError as error:
                raise DeadlineError(f"the recogniser was not ready within {START_TIMEOUT:g} s") from error
            if failed:
                if failed.keys() >= contexts.keys():
                    raise _not_loaded(failed)
                log.warning("contexts that cannot be heard", extra={"failed": failed})
            undo.pop_all()
        return worker

    async def load(self, contexts: Mapping[str, Path]) -> dict[str, str]:
        """What went wrong, by the context's name. Raises UnavailableError or DeadlineError."""
        async with self._loading:
            if self.ended.is_set():
                raise UnavailableError("the recogniser has just ended", hint="say it again")
            self._loaded = asyncio.get_running_loop().create_future()
            try:
                await self._send(protocol.Load({name: str(folder) for name, folder in contexts.items()}))
                async with asyncio.timeout(START_TIMEOUT):
                    return await self._loaded
            except TimeoutError as error:
                raise DeadlineError(f"the recogniser did not load its grammars in {START_TIMEOUT:g} s") from error
            finally:
                _forget(self._loaded)
                self._loaded = None

    def prepare(self, context: str) -> None:
        """See Recogniser.prepare."""
        if not self.ended.is_set():
            self._writer.write(protocol.encode(protocol.Prepare(context)))

    async def hear(
        self, begin: protocol.Begin, blocks: AsyncIterable[bytes], on_partial: Callable[[str], None] | None
    ) -> protocol.Heard:
        """See Recogniser.hear."""
        if self.ended.is_set():
            raise UnavailableError("the recogniser has just ended", hint="say it again")
        self._heard = asyncio.get_running_loop().create_future()
        self._sentence, self._on_partial = begin.sentence, on_partial
        began, self._fed = asyncio.get_running_loop().time(), 0.0
        feeding = asyncio.get_running_loop().create_task(self._feed(begin, blocks, self._heard))
        try:
            either: list[asyncio.Future[Any]] = [feeding, self._heard]
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if not self._heard.done():
                await feeding  # the blocks ended, or their source failed
            loop = asyncio.get_running_loop()
            async with asyncio.timeout_at(max(loop.time(), began + self._fed) + ANSWER_TIMEOUT):
                return await self._heard
        except TimeoutError as error:
            raise DeadlineError(f"the recogniser did not answer within {ANSWER_TIMEOUT:g} s") from error
        finally:
            feeding.cancel()
            with contextlib.suppress(asyncio.CancelledError, IviError):
                await feeding
            self._heard.cancel()
            _forget(self._heard)
            self._heard = self._on_partial = None

    async def _feed(
        self, begin: protocol.Begin, blocks: AsyncIterable[bytes], heard: asyncio.Future[protocol.Heard]
    ) -> None:
        await self._send(begin)
        async for block in blocks:
            if heard.done():
                return
            self._fed += len(block) / 2 / begin.rate
            await self._send(protocol.Audio(block))
        await self._send(protocol.End())

    async def _send(self, message: protocol.ToWorker) -> None:
        self._writer.write(protocol.encode(message))
        try:
            async with asyncio.timeout(ANSWER_TIMEOUT):
                await self._writer.drain()
        except TimeoutError as error:
            raise DeadlineError(f"the recogniser took no audio for {ANSWER_TIMEOUT:g} s") from error
        except OSError as error:
            raise UnavailableError("the recogniser ended in the middle of a sentence", hint="say it again") from error

    async def _read(self, reader: asyncio.StreamReader) -> None:
        frames = FrameReader(protocol.MAX_FRAME)
        try:
            while data := await reader.read(1 << 16):
                for frame in frames.feed(data):
                    self._take(protocol.decode_from_worker(frame))
        except (OSError, LinkError) as error:
            log.warning("the connection to the recogniser broke", extra={"error": str(error)})
        finally:
            lost = UnavailableError("the recogniser ended in the middle of a sentence", hint="say it again")
            for future in (self._ready, self._loaded, self._heard):
                if future is not None and not future.done():
                    future.set_exception(lost)
            _forget(self._ready)
            self.ended.set()

    def _take(self, message: protocol.FromWorker) -> None:
        if isinstance(message, protocol.Heard):
            if self._heard is not None and not self._heard.done() and message.sentence == self._sentence:
                self._heard.set_result(message)
        elif isinstance(message, protocol.Partial):
            if self._on_partial is not None and message.sentence == self._sentence:
                self._on_partial(message.text)
        elif isinstance(message, protocol.Loaded):
            if self._loaded is not None and not self._loaded.done():
                self._loaded.set_result(message.failed)
        elif not self._ready.done():
            if isinstance(message, protocol.Ready):
                self._ready.set_result(None)
            else:
                self._ready.set_exception(from_wire(message.code, message.message, message.hint))

    def kill(self) -> None:
        """End a worker that hangs; it takes no further sentence from now on."""
        self.ended.set()
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()

    async def close(self) -> int:
        """Close the connection, wait for the worker's end, and return its exit status."""
        self._reading.cancel()
        self._writer.close()
        await asyncio.gather(self._reading, return_exceptions=True)
        try:
            async with asyncio.timeout(STOP_TIMEOUT):
                return await self.process.wait()
        except (TimeoutError, asyncio.CancelledError) as reason:
            self.kill()
            status = await self.process.wait()
            if isinstance(reason, asyncio.CancelledError):
                raise
            return status


async def _started() -> tuple[asyncio.subprocess.Process, asyncio.StreamReader, asyncio.StreamWriter]:
    """A worker process and the connection to it; neither is left when this is cancelled."""
    async with contextlib.AsyncExitStack() as undo:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        undo.callback(ours.close)
        with theirs:
            arguments = ("-m", "ivi.voice.stt.worker", str(theirs.fileno()))
            try:
                process = await asyncio.create_subprocess_exec(
                    sys.executable, *arguments, pass_fds=(theirs.fileno(),), stdin=asyncio.subprocess.DEVNULL
                )
            except OSError as error:
                raise UnavailableError(f"the recogniser cannot be started: {error.strerror}") from error
        undo.push_async_callback(_killed, process)
        reader, writer = await asyncio.open_connection(sock=ours)
        undo.pop_all()
        return process, reader, writer


async def _killed(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()


def _not_loaded(failed: Mapping[str, str]) -> ConfigurationError:
    what = "; ".join(f"{name}: {why}" for name, why in sorted(failed.items()))
    return ConfigurationError(f"the recogniser cannot load {what}", hint="see ivi voice models check")


def _forget(future: asyncio.Future[Any]) -> None:
    """Mark an exception that nobody waits for any more as seen."""
    if future.done() and not future.cancelled():
        future.exception()
