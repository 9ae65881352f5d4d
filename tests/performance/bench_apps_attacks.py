# SPDX-License-Identifier: Apache-2.0
"""How many of the attacks on the sandbox succeed, with all layers and on a machine without Landlock.

The whole table, with each layer left out in turn, is made by app_attacks.py.
"""

import json

from app_attacks import COLUMNS, run
from attack_boxes import Results
from escapes.registry import ATTACKS


def succeeded(results: Results) -> list[str]:
    """Names of the attacks that got what they wanted."""
    return [ATTACKS[key].name for key, one in results.items() if one[0]]


def main() -> None:
    """Measure and print the figures."""
    found = {name: run(COLUMNS[name], set(ATTACKS)) for name in ("all", "raspberry-pi", "none")}
    escaped, without = succeeded(found["all"]), succeeded(found["raspberry-pi"])
    groups = len({attack.group for attack in ATTACKS.values()})
    figures = {
        "apps_escapes_succeeded": {
            "value": len(escaped),
            "unit": "attacks",
            "method": f"of {len(found['all'])}, in the full sandbox under the host's own user: {'; '.join(escaped)}",
        },
        "apps_escapes_succeeded_without_landlock": {
            "value": len(without),
            "unit": "attacks",
            "method": f"the same without Landlock and without a memory controller: {'; '.join(without)}",
        },
        "apps_escapes_total": {
            "value": len(found["all"]),
            "unit": "attacks",
            "method": f"of {groups} classes; without any sandbox {len(succeeded(found['none']))} of the "
            f"{len(found['none'])} succeed that can be tried so",
        },
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
