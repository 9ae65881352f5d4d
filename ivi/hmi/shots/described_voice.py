# SPDX-License-Identifier: Apache-2.0
"""What the described voice process says: the overlay while it listens, while it asks, and with an answer."""

from ivi.model.voice import DialogueChoice, DialogueUpdate, Phase

SUGGESTIONS = [
    "set the temperature to twenty one",
    "turn on the seat heating",
    "how far can i drive",
    "play music",
    "remind me in ten minutes",
    "what is the tire pressure",
]
LISTENING = DialogueUpdate(Phase.LISTENING, suggestions=SUGGESTIONS)
ASKING = DialogueUpdate(
    Phase.ASKING,
    "close the window",
    "Are all hands away from the window? Shall I close it?",
    context="confirm",
    question=1,
    choices=[DialogueChoice("yes", "Yes"), DialogueChoice("no", "No")],
)
CHOOSING = DialogueUpdate(
    Phase.ASKING,
    "call anna",
    "Whom shall I call?",
    context="choice",
    question=2,
    choices=[
        DialogueChoice(str(place), name)
        for place, name in enumerate(("Anna Weber", "Anna Berg", "Annabel", "Hanna"), 1)
    ],
)
ANSWERED = DialogueUpdate(
    Phase.ANSWERED, "what is the tire pressure", "The tires are fine: 2.5 bar in front and 2.5 bar behind."
)
OVERLAYS = {
    "voice-listening": LISTENING,
    "voice-question": ASKING,
    "voice-choice": CHOOSING,
    "voice-answer": ANSWERED,
}
"""The overlay's pictures by their names."""
