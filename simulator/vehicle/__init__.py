# SPDX-License-Identifier: Apache-2.0
"""The ivi EV: longitudinal physics, a driver on a small map, and ECUs that speak ``can_dbc/ivi_ev/ivi_ev.dbc``.

``python -m simulator.vehicle --can ivi:can0`` drives it. Time advances in ticks of 10 ms and every random number comes
from the seed, so one seed gives one drive, frame by frame.
"""
