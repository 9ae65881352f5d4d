# SPDX-License-Identifier: Apache-2.0
"""Speech that is not meant for the car: passengers' talk, put together from parts so that there is enough of it.

None of it is a command of the assistant; some of it is close ("turn left at the old church"), as talk in a car is.
"""

import itertools
import random
from collections.abc import Callable

_WHO = (
    "my sister", "the neighbor", "our teacher", "his uncle", "the old man", "that doctor", "a friend of mine",
    "the whole team", "her cousin", "somebody at work", "the lady from the bakery", "your brother",
)  # fmt: skip
_DID = (
    "bought a blue bicycle", "never liked the soup", "forgot the umbrella again", "is moving to the coast",
    "painted the kitchen yellow", "lost the tickets for the match", "wants to learn the violin",
    "told me a funny story", "grew tomatoes on the balcony", "slept until noon", "broke the coffee machine",
    "was late for the wedding", "found a kitten under the stairs", "always burns the toast",
)  # fmt: skip
_WHEN = ("last summer", "on the way home", "before breakfast", "when it was snowing", "after the holidays", "yesterday")
_ASKED = (
    "did you remember to feed the cat", "why are the children so quiet back there", "how was the meeting with the bank",
    "do you think grandma would like that present", "what should we cook for dinner on saturday",
    "have you seen the film about the lighthouse", "who won the game last night", "are we having guests this weekend",
    "can you believe how expensive butter is now", "where did you put the blanket", "is there any chocolate left",
    "what was the name of that actor", "when does the school play begin", "did he really say that to her",
    "should we ask them to come along", "how many apples do we need for the cake",
)  # fmt: skip
_NEAR = (
    "turn left at the old church and then it is the second house", "i think we should have taken the other road",
    "he told her to open the letter at once", "they closed the shop around the corner years ago",
    "it is warm for october is it not", "the volume of the box is twelve liters", "she set the table for six people",
    "we called the plumber three times", "play with your brother and stop shouting", "the fan club meets on thursdays",
    "my seat at the theater was behind a column", "the lights in the harbor were beautiful",
    "i would rather walk to the station than drive", "the battery of my watch is empty again",
    "the temperature of the lake was perfect", "charge them for the broken window then",
    "next time we bring our own sandwiches", "the last song of the concert was the best", "no he did not",
    "read him a story and he will sleep", "cancel culture is all he talks about", "help yourself to the biscuits",
)  # fmt: skip
_NEWS = (
    "the council voted for a new bridge across the river", "prices for wheat rose by four percent in spring",
    "scientists found traces of water in the rock", "the minister will travel to the conference on tuesday",
    "the orchestra opens its season with a symphony", "heavy clouds move in from the west during the night",
    "the museum shows paintings from three centuries", "farmers hope for more rain before the harvest",
    "the champion lost the final in five sets", "a cargo ship ran aground near the island",
)  # fmt: skip
_OPENINGS = (
    "well", "you know", "honestly", "i mean", "so", "by the way", "guess what", "listen", "apparently", "oh and",
)  # fmt: skip


def sentences(count: int, seed: int) -> list[str]:
    """So many different sentences, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  # chooses sentences, guards nothing
    fixed = [*_ASKED, *_NEAR, *_NEWS]
    found = dict.fromkeys(fixed)
    makers: tuple[Callable[[], str], ...] = (
        lambda: f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHEN)}",
        lambda: f"{chance.choice(_OPENINGS)} {chance.choice(_WHO)} {chance.choice(_DID)}",
        lambda: f"{chance.choice(_OPENINGS)} {chance.choice(fixed)}",
        lambda: f"{chance.choice(_WHO)} said that {chance.choice(_WHO)} {chance.choice(_DID)}",
    )
    for maker in itertools.cycle(makers):
        if len(found) >= count:
            break
        found[maker()] = None
    return list(found)[:count]
