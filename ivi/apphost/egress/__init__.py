# SPDX-License-Identifier: Apache-2.0
"""The only way out of an app's box: an HTTP CONNECT proxy that knows which hosts the app may reach, and how much."""
