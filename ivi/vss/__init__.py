# SPDX-License-Identifier: Apache-2.0
"""The COVESA VSS catalogue, its overlays, and the mapping between VSS paths and DBC signals (`dbc2vss`, `vss2dbc`)."""
