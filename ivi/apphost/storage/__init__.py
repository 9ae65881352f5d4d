# SPDX-License-Identifier: Apache-2.0
"""What apps keep over restarts: a file for each app, outside of its box, within its quota."""
