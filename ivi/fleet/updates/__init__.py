# SPDX-License-Identifier: Apache-2.0
"""The repository that cars take updates from: files for any web server, made and signed here."""
