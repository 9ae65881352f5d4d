# SPDX-License-Identifier: Apache-2.0
"""A host to test apps with: the production link and codec over a real socketpair, one thread, and a clock by hand.

Nothing here is imported by an app that runs in the car. `ivi.sdk.testing` makes pytest fixtures of it.
"""
