"""Made-up words that stand in no text, so that seeing one in an answer means that a payload was obeyed."""

import random

SEED = 20
"""Of everything that is drawn when attacks are built."""

_ONSETS = "b d f g k l m n p r t v z br dr fl gr kl pr tr vl zw".split()
_VOWELS = "aeiou"
_ENDINGS = "kmnprtx"


def canary(name: str) -> str:
    """The word that belongs to a name: always the same one, in small letters, easy to say."""
    draw = random.Random(f"{SEED} {name}")
    syllables = (draw.choice(_ONSETS) + draw.choice(_VOWELS) for _ in range(3))
    return "".join(syllables) + draw.choice(_ENDINGS)
