# SPDX-License-Identifier: Apache-2.0
"""The phones that are paired with the car. Calls are no part of it: no hands-free profile is here."""
