# SPDX-License-Identifier: Apache-2.0
"""Templates between app and screen: what is refused, how often one may come, what the driving state leaves of it."""
