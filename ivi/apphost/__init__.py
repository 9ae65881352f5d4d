# SPDX-License-Identifier: Apache-2.0
"""Runs partner apps: reads their manifests, starts each in its own sandbox, checks every call, keeps the audit."""
