# SPDX-License-Identifier: Apache-2.0
"""Which synthetic voices train, tune and judge the model. A voice is in one set only, with all its rates and pitches.

`TRAINING` makes the model, `TUNING` chooses thresholds and compares two models, `REPORT` is heard for the figures that
are published and for nothing else. The piper voice (joe) is in the report alone: nothing of that kind trains or tunes.
RHVoice also has a voice of the speaker slt, who is in the report: it is in no set and must stay out.
"""

from dataclasses import dataclass

ACCENTS = ("en-us", "en-us", "en-us", "en-gb", "en-gb-x-rp", "en-gb-scotland", "en-029")
"""Of espeak-ng; American English, which the dictionary describes, three times as often as the others."""

_TRAINING_VARIANTS = (
    *(
        "f1",
        "f2",
        "f3",
        "f5",
        "m1",
        "m2",
        "m3",
        "m4",
        "m6",
        "m8",
        "Alicia",
        "Andy",
        "Annie",
        "Mario",
        "Michael",
        "Denis",
    ),
    *(
        "Diogo",
        "Gene",
        "announcer",
        "Hugo",
        "ed",
        "linda",
        "steph",
        "adam",
        "victor",
        "grandma",
        "Lee",
        "robert",
        "shelby",
    ),
    *("zac", "anika", "antonio", "boris", "caleb", "david", "edward2", "gustave", "iven", "iven2", "Jacky", "john"),
    *("kaukovalta", "marcelo", "max", "miguel", "Mike", "norbert", "pablo", "paul", "pedro", "quincy", "rob", "travis"),
    *("klatt", "klatt2", "klatt4", "sandro", "aunty", "benjamin", "Alex", "Marco", "Nguyen"),
)
"""espeak-ng takes its plain voice for a name that it does not know: these are names of its files, letter for letter."""


@dataclass(frozen=True, slots=True)
class VoiceSet:
    """Voices by engine: espeak-ng's variants, flite's voices, Kokoro's styles, piper's models, and other programs'."""

    espeak: tuple[str, ...] = ()
    flite: tuple[str, ...] = ()
    kokoro: tuple[str, ...] = ()
    piper: tuple[str, ...] = ()
    rhvoice: tuple[str, ...] = ()
    pico: tuple[str, ...] = ()
    festival: tuple[str, ...] = ()


TRAINING = VoiceSet(
    espeak=_TRAINING_VARIANTS,
    flite=("awb", "kal", "kal16", "rms"),
    kokoro=(
        *("af_alloy", "af_aoede", "af_bella", "af_heart", "af_jessica", "af_nicole", "af_nova", "af_river", "af_sarah"),
        *("am_adam", "am_echo", "am_fenrir", "am_michael", "am_onyx", "am_puck", "am_santa"),
        *("bf_emma", "bf_isabella", "bm_daniel", "bm_george"),
        *("jf_alpha", "jf_gongitsune", "jm_kumo"),
        # Speakers of Spanish, French, Hindi, Italian, Portuguese and Chinese, who speak English here
        *("ef_dora", "em_alex", "em_santa", "ff_siwis", "hf_alpha", "hf_beta", "hm_omega", "hm_psi", "if_sara"),
        *("im_nicola", "pf_dora", "pm_alex", "pm_santa", "zf_xiaobei", "zf_xiaoni", "zf_xiaoxiao", "zf_xiaoyi"),
        *("zm_yunjian", "zm_yunxi", "zm_yunxia", "zm_yunyang"),
    ),
    rhvoice=("bdl", "clb"),
    pico=("en-US", "en-GB"),
)
TUNING = VoiceSet(
    espeak=("Henrique", "michel", "Storm", "iven3"),
    kokoro=("af_sky", "am_liam", "bf_lily", "bm_fable", "jf_nezumi"),
    festival=("ked_diphone",),
)
REPORT = VoiceSet(
    espeak=("f4", "m5", "Andrea", "belinda"),
    flite=("slt",),
    kokoro=("af_kore", "am_eric", "bf_alice", "bm_lewis", "jf_tebukuro"),
    piper=("joe",),
)
SETS = {"training": TRAINING, "tuning": TUNING, "report": REPORT}
