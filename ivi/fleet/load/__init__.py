# SPDX-License-Identifier: Apache-2.0
"""Many cars in one process against a real broker, to load a fleet end: `ivi sim fleet`."""
