# SPDX-License-Identifier: Apache-2.0
"""A pytest plugin to test apps without a car: `host`, `vehicle`, `clock` and `app`. docs/sdk.md shows all of it.

    def test_it_says_thank_you(app, host):
        app()
        host.tap("hi")
        assert host.shown.rows[0].title == "Thank you"

It comes with ivi: pytest finds it by itself, or with `-p ivi.sdk.testing`. The host is a fake that speaks the
production link over a real socketpair, in the test's own thread, on a clock that only the test advances.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import overload

import pytest

from ivi.model.errors import ConfigurationError
from ivi.sdk.app import App
from ivi.sdk.harness.clock import HandClock
from ivi.sdk.harness.host import FakeHost
from ivi.sdk.harness.loading import app_class, folder_above, folder_of, grants_of, make_importable
from ivi.sdk.harness.manifest import Grants
from ivi.sdk.harness.vehicle import FakeVehicle

__all__ = ["AppFactory", "FakeHost", "FakeVehicle", "HandClock", "app", "clock", "host", "vehicle"]


def pytest_configure(config: pytest.Config) -> None:
    """Let an app's tests import it by its package's name when pytest runs in its folder or names a test in it."""
    places = [config.invocation_params.dir, *(config.invocation_params.dir / arg for arg in config.args)]
    for place in places:
        folder = folder_above(Path(str(place).partition("::")[0]))
        if folder is not None:
            make_importable(folder, grants_of(folder).entry)


class AppFactory:
    """Starts the app under test."""

    def __init__(self, host: FakeHost, place: Path) -> None:
        self._host = host
        self._place = place

    @overload
    def __call__(self, app: None = None, manifest: str | Path | None = None) -> App: ...
    @overload
    def __call__[A: App](self, app: type[A] | A, manifest: str | Path | None = None) -> A: ...
    def __call__(self, app: type[App] | App | None = None, manifest: str | Path | None = None) -> App:
        """Start an app and return it, after its `on_start`.

        `app` is its class, or one that you have made; without it the class that the manifest names. `manifest` is a
        text, a file or a folder; without it the manifest.toml beside the class or above the test. Again, in the same
        test, it is the app's next start: what it kept is still there. Raises ConfigurationError when the manifest or
        the class cannot be used, and whatever `on_start` raises.
        """
        grants = self._grants(app, manifest)
        kind = app_class(grants) if app is None else app
        return self._host.start(kind() if isinstance(kind, type) else kind, grants)

    def _grants(self, app: type[App] | App | None, manifest: str | Path | None) -> Grants:
        if isinstance(manifest, str):
            return Grants.read(manifest)
        if manifest is not None:
            return grants_of(manifest if manifest.is_dir() else manifest.parent)
        kind = app if app is None or isinstance(app, type) else type(app)
        folder = (folder_of(kind) if kind is not None else None) or folder_above(self._place)
        if folder is None:
            raise ConfigurationError("there is no manifest.toml above this test", hint="say manifest=…")
        return grants_of(folder)


@pytest.fixture
def clock() -> HandClock:
    """The clock of the app and its host, which stands still: `clock.advance(1.0)`."""
    return HandClock()


@pytest.fixture
def host(clock: HandClock) -> Iterator[FakeHost]:
    """The car around the app: what it shows, what the driver does, what it was refused."""
    with FakeHost(clock) as made:
        yield made


@pytest.fixture
def vehicle(host: FakeHost) -> FakeVehicle:
    """The car's signals: `vehicle.set(path, value)`, `vehicle.actuated`."""
    return host.vehicle


@pytest.fixture
def app(host: FakeHost, request: pytest.FixtureRequest) -> AppFactory:
    """Starts the app: `app()`, or `app(Hello)`."""
    return AppFactory(host, request.path)
