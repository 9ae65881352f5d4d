# SPDX-License-Identifier: Apache-2.0
"""Commands to the car: signed, once only, guarded, and every step told."""
