# SPDX-License-Identifier: Apache-2.0
"""Packages of partner apps (.ivp): built, signed, read with suspicion, installed whole or not at all."""
