# SPDX-License-Identifier: Apache-2.0
"""One module for each process: `python -m ivi.manager.entry.<process>` is how both systemd and `ivi run` start it."""
