# SPDX-License-Identifier: Apache-2.0
"""Makes the acoustic model of the command recogniser from synthetic speech: text, speech, training, final.mdl."""
