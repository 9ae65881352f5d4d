# SPDX-License-Identifier: Apache-2.0
"""The voice of the car: microphone, recogniser, intents, actions through the databroker, spoken answers.

Everything stays on the car. `ivi.voice.process.Voice` is what the voice process composes.
"""
