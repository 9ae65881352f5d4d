# SPDX-License-Identifier: Apache-2.0
"""Whether an app that could pass the car's data on says so: a warning for its author and the store, never a block.

Once an app may read signals and reach a host, nothing technical tells what it sends there. `data.share` is its promise.
"""

from ivi.apphost.manifest import DataShare, Location, Manifest, Net, VehicleRead


def undeclared(manifest: Manifest) -> list[str]:
    """Findings, each with its fix; empty when what can be shared is declared."""
    reads = [one for one in manifest.permission if isinstance(one, VehicleRead | Location)]
    hosts = [host for one in manifest.permission if isinstance(one, Net) for host in one.hosts]
    shares = [one for one in manifest.permission if isinstance(one, DataShare)]
    findings = []
    if reads and hosts and not shares:
        findings.append(
            f"it can read the car and reach {', '.join(hosts)}, and does not say what it passes on: add "
            '[[permission]] use = "data.share" purpose = "..." recipient = "..." retention_days = 0'
        )
    if shares and not hosts:
        findings.append("it declares data.share and reaches no host: add net, or leave data.share out")
    return findings
