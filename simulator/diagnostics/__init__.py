# SPDX-License-Identifier: Apache-2.0
"""The workshop side of the simulated car: four ECUs that answer UDS (ISO 14229) and OBD-II over ISO-TP (ISO 15765-2).

Nothing here has a thread, a timer or a bus of its own: frames go in with the time of day, frames come out, and
``due_at`` says when to look again. So the car's own process carries the ECUs, and they cost nothing while nobody asks.
"""
