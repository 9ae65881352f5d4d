# SPDX-License-Identifier: Apache-2.0
"""How words are pronounced: from the model, from a dictionary, or from their letters."""
