# SPDX-License-Identifier: Apache-2.0
"""Payments that apps ask for: the host's own sheet, a journal that no power cut can confuse, and whoever pays."""
