# SPDX-License-Identifier: Apache-2.0
"""The command line `ivi`: one module for each subcommand, loaded only when it is used."""
