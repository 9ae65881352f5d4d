# SPDX-License-Identifier: Apache-2.0
"""The car's leaves as the databroker lists them: what patterns of manifests are resolved against, once."""

from collections.abc import Iterable

from ivi.apphost.permissions import matches
from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import ListMetadata, MetadataList
from ivi.model.signal import EntryType, Metadata


class SignalCatalogue:
    """All leaves of this car. It does not change while the databroker runs, so what was resolved is kept."""

    def __init__(self, entries: Iterable[Metadata]) -> None:
        self.leaves = {entry.path: entry for entry in entries}
        self._resolved: dict[str, frozenset[str]] = {}

    def resolve(self, pattern: str) -> frozenset[str]:
        """Names of the leaves that a pattern covers; none when this car has no such signal."""
        found = self._resolved.get(pattern)
        if found is None:
            found = self._resolved[pattern] = self._match(pattern)
        return found

    def actuators(self, pattern: str) -> frozenset[str]:
        """Those of the leaves that can be changed."""
        leaves = self.resolve(pattern)
        return frozenset(path for path in leaves if self.leaves[path].entry_type is EntryType.ACTUATOR)

    def _match(self, pattern: str) -> frozenset[str]:
        if "*" not in pattern:
            return frozenset({pattern} if pattern in self.leaves else ())
        return frozenset(path for path in self.leaves if matches(path, pattern))


async def fetch(databroker: LinkClient) -> SignalCatalogue:
    """Ask the databroker. Raises UnavailableError, LinkError or DeadlineError while it is away."""
    answer: MetadataList = await databroker.call(ListMetadata())
    return SignalCatalogue(answer.entries)
