# SPDX-License-Identifier: Apache-2.0
"""Where the energy went: consumption by distance, the range as a band, and the charge curve."""
