# SPDX-License-Identifier: Apache-2.0
"""What the proxies of all apps share: the resolver, the networks that count as outside, and the traffic ledger."""

import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ivi.apphost.egress.addresses import Reachable, parse_networks
from ivi.apphost.egress.budget import Budget
from ivi.apphost.egress.ledger import TrafficLedger
from ivi.apphost.egress.resolver import Resolver, SystemResolver
from ivi.model.errors import ConfigurationError

_DISTRIBUTIONS_ROOTS = Path("/etc/ssl/certs/ca-certificates.crt")


@dataclass(frozen=True)
class Bounds:
    """What one app may do to its proxy. Seconds."""

    head: float = 5.0
    """Until the request is whole."""
    connect: float = 4.0
    """Until one of the host's addresses has answered."""
    hello: float = 5.0
    """Until TLS has begun."""
    idle: float = 60.0
    """Without a byte in either direction."""
    connections: int = 8
    """Open at a time."""
    per_s: float = 20.0
    """New connections a second, after a burst; faster ones wait."""
    burst: float = 40.0


@dataclass(frozen=True)
class Surroundings:
    """Where this car's apps live: settings of the operator, from the environment of the app host."""

    reachable: Reachable = field(default_factory=Reachable)
    roots: Path | None = None
    """Certificates that apps trust; None: they have none."""

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> "Surroundings":
        """From IVI_EGRESS_ALLOW (networks besides the public Internet, for development and closed networks) and
        IVI_EGRESS_ROOTS (a file of root certificates; without it the distribution's). Raises ConfigurationError.
        """
        allowed = parse_networks(environment.get("IVI_EGRESS_ALLOW", ""))
        if given := environment.get("IVI_EGRESS_ROOTS"):
            roots = Path(given)
            if not roots.is_file():
                raise ConfigurationError(f"IVI_EGRESS_ROOTS: {given} is not a file", hint="name a PEM file")
            return cls(Reachable(allowed), roots)
        return cls(Reachable(allowed), _distributions_roots())


def _distributions_roots() -> Path | None:
    named = ssl.get_default_verify_paths().cafile
    return next((path for path in (_DISTRIBUTIONS_ROOTS, Path(named or "/")) if path.is_file()), None)


class Gate:
    """One for the app host."""

    def __init__(
        self,
        ledger: TrafficLedger,
        surroundings: Surroundings,
        *,
        resolver: Resolver | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self.ledger = ledger
        self.surroundings = surroundings
        self.resolver: Resolver = resolver or SystemResolver()
        self.bounds = bounds or Bounds()
        self._budgets: dict[str, Budget] = {}

    def budget(self, app_id: str) -> Budget:
        """The budget of an app, the same one over all of its lives."""
        if app_id not in self._budgets:
            self._budgets[app_id] = Budget(app_id, self.ledger)
        return self._budgets[app_id]
