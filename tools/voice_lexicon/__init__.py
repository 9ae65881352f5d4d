# SPDX-License-Identifier: Apache-2.0
"""Makes the data of ivi.voice.lexicon: pronunciations of the words of sentences, and the letter-to-sound table."""
