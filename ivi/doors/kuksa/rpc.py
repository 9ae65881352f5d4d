# SPDX-License-Identifier: Apache-2.0
"""From coroutines to gRPC handlers: who calls, what may he do, and our errors as status codes."""

import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import grpc

from ivi.doors.kuksa import status
from ivi.doors.scopes import Permissions
from ivi.doors.tokens import Gate
from ivi.model.errors import InternalError, IviError

log = logging.getLogger(__name__)

type Context = Any  # grpc.aio.ServicerContext; gRPC ships no types
type Unary = Callable[[Any, Permissions], Awaitable[Any]]
type Reader = Callable[[Any, Permissions], AsyncGenerator[Any]]
type Collector = Callable[[AsyncIterator[Any], Permissions], Awaitable[Any]]
type Talk = Callable[[AsyncIterator[Any], Permissions, Callable[[Any], Awaitable[None]]], Awaitable[None]]

_BEARER = "bearer "


@dataclass(frozen=True)
class Method:
    """One RPC: its messages and exactly one of four shapes."""

    request: Any
    answer: Any
    unary: Unary | None = None
    reader: Reader | None = None
    """Answers with a stream."""
    collector: Collector | None = None
    """Takes a stream."""
    talk: Talk | None = None
    """Both."""


def handlers(service: str, methods: Mapping[str, Method], gate: Gate) -> Any:  # noqa: ANN401  # a grpc handler
    """The generic handler of a service behind one gate."""
    return grpc.method_handlers_generic_handler(
        service, {name: _handler(method, gate) for name, method in methods.items()}
    )


def _handler(method: Method, gate: Gate) -> Any:  # noqa: ANN401  # a grpc handler
    codec = {"request_deserializer": method.request.FromString, "response_serializer": method.answer.SerializeToString}
    if (unary := method.unary) is not None:

        async def answer(request: object, context: Context) -> object:
            return await unary(request, _admit(gate, context))

        return grpc.unary_unary_rpc_method_handler(_entered(answer), **codec)
    if (reader := method.reader) is not None:

        async def stream(request: object, context: Context) -> None:
            async with aclosing(reader(request, _admit(gate, context))) as items:
                async for item in items:
                    await context.write(item)

        return grpc.unary_stream_rpc_method_handler(_entered(stream), **codec)
    if (collector := method.collector) is not None:

        async def collect(requests: AsyncIterator[object], context: Context) -> object:
            return await collector(requests, _admit(gate, context))

        return grpc.stream_unary_rpc_method_handler(_entered(collect), **codec)
    if (talk := method.talk) is None:
        raise InternalError("an RPC without a shape")

    async def converse(requests: AsyncIterator[object], context: Context) -> None:
        await talk(requests, _admit(gate, context), context.write)

    return grpc.stream_stream_rpc_method_handler(_entered(converse), **codec)


def _entered(function: Callable[[Any, Context], Awaitable[Any]]) -> Callable[[Any, Context], Awaitable[Any]]:
    """The function with its errors as status codes."""

    async def enter(request: object, context: Context) -> object:
        try:
            return await function(request, context)
        except IviError as error:
            await context.abort(status.code_of(error), str(error))
            return None
        except Exception as error:
            if isinstance(error, grpc.aio.AbortError):
                raise
            # border of a request: one defect must not show its insides to a client
            log.exception("request failed")
            await context.abort(grpc.StatusCode.INTERNAL, f"failed: {type(error).__name__}")
            return None

    return enter


def _admit(gate: Gate, context: Context) -> Permissions:
    for key, value in context.invocation_metadata() or ():
        if key == "authorization" and isinstance(value, str) and value.lower().startswith(_BEARER):
            return gate.admit(value[len(_BEARER) :].strip())
    return gate.admit("")
