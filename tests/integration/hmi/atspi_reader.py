# SPDX-License-Identifier: Apache-2.0
"""What a screen reader sees, as JSON: run by the distribution's Python, which has AT-SPI's binding.

Standard input: one JSON object a line, {"tree": true} or {"press": name}. Standard output: one JSON answer a line.
"""

import json
import sys
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402  # after its version is chosen

DEPTH = 60


def describe(item: Any, depth: int = 0) -> dict[str, Any]:  # noqa: ANN401  # a GObject; its binding has no types
    """One accessible object and everything in it."""
    states = item.get_state_set()
    action = item.get_action_iface()
    box = item.get_component_iface()
    extents = box.get_extents(Atspi.CoordType.SCREEN) if box else None
    children = [item.get_child_at_index(number) for number in range(item.get_child_count())]
    return {
        "role": item.get_role_name(),
        "name": item.get_name(),
        "actions": [action.get_action_name(number) for number in range(action.get_n_actions())] if action else [],
        "showing": states.contains(Atspi.StateType.SHOWING),
        "enabled": states.contains(Atspi.StateType.ENABLED),
        "selected": states.contains(Atspi.StateType.SELECTED),
        "size": [extents.width, extents.height] if extents else [0, 0],
        "children": [describe(child, depth + 1) for child in children if child is not None and depth < DEPTH],
    }


def find(item: Any, name: str) -> Any:  # noqa: ANN401
    """The first showing object of this name that can be pressed."""
    if item.get_name() == name and item.get_action_iface() and item.get_state_set().contains(Atspi.StateType.SHOWING):
        return item
    for number in range(item.get_child_count()):
        child = item.get_child_at_index(number)
        found = find(child, name) if child is not None else None
        if found is not None:
            return found
    return None


def press(root: Any, name: str) -> bool:  # noqa: ANN401
    """Do what a switch device or a screen reader does to a button."""
    item = find(root, name)
    if item is None:
        return False
    action = item.get_action_iface()
    names = [action.get_action_name(number).lower() for number in range(action.get_n_actions())]
    wanted = next((number for number, one in enumerate(names) if one in {"press", "toggle"}), 0)
    return bool(action.do_action(wanted))


def main() -> None:
    """Answer until standard input ends."""
    Atspi.init()
    for line in sys.stdin:
        command = json.loads(line)
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        answer = press(desktop, command["press"]) if "press" in command else describe(desktop)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
