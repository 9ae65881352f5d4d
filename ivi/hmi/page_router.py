# SPDX-License-Identifier: Apache-2.0
"""Which page the screen shows, from Python: for the start, for tests and for remote service."""

import os
import re

import msgspec
from PySide6.QtCore import Q_ARG, QMetaObject, QObject
from PySide6.QtQml import QQmlEngine

from ivi.daemon import paths
from ivi.hmi.qt_server import QtServer
from ivi.hmi.screen import REMOTE_INPUT
from ivi.model.errors import ConfigurationError, InternalError, NotFoundError, PermissionDeniedError
from ivi.model.hmi import GoTo, PageShown

_NAME = re.compile(r"[a-z]{1,32}")


def check(page: str) -> None:
    """Raise NotFoundError unless this installation has the page's file."""
    if _NAME.fullmatch(page):
        try:
            paths.resource("qml", "Pages", f"{page.capitalize()}Page.qml")
        except ConfigurationError as error:
            raise NotFoundError(f"there is no page {page}", hint="such as home, energy or settings") from error
        return
    raise NotFoundError(f"{page!r} is no name of a page", hint="a name has small letters only, such as home")


class PageRouter:
    """QML's singleton Navigation.Router."""

    def __init__(self, engine: QQmlEngine) -> None:
        """The engine must know where the screen's QML lies. Raises InternalError when it has no router."""
        router = engine.singletonInstance("Navigation", "Router")
        if not isinstance(router, QObject):
            raise InternalError("QML has no Navigation.Router")
        self._router = router

    @property
    def page(self) -> str:
        """The page that is shown."""
        return str(self._router.property("page"))

    def go(self, page: str, detail: str = "") -> None:
        """Show a page; the way back leads here. Raises NotFoundError for one that is not installed."""
        check(page)
        QMetaObject.invokeMethod(self._router, "go", Q_ARG(str, page), Q_ARG(str, detail))

    def serve(self, server: QtServer) -> None:
        """Answer GoTo on this server."""
        server.on_call(GoTo, self._go_to)

    def _go_to(self, request: msgspec.Struct) -> PageShown:
        assert isinstance(request, GoTo)  # noqa: S101  # the server routes by type
        if os.environ.get(REMOTE_INPUT) != "1":
            raise PermissionDeniedError("remote input is off", hint=f"start the screen with {REMOTE_INPUT}=1")
        self.go(request.page, request.detail)
        return PageShown(self.page)
