# SPDX-License-Identifier: Apache-2.0
"""Speech out, by programs of their own: espeak-ng is GPL and is started, never imported."""
