"""How negation is written in English: the cues, where their scope ends, and what is not a negation."""

import re

CUE = re.compile(
    r"\b(?P<verb>not|never|cannot|\w+n't|(?:fail(?:s|ed|ing)?|refus(?:e|es|ed|ing)|declin(?:e|es|ed|ing)) to"
    r"|unable to|unlikely to|yet to|no longer|nowhere|hardly|barely)\b"
    r"|\b(?P<noun>no|without|neither|nor|nobody|no one|none|nothing|lack(?:s|ed|ing)?|instead of"
    r"|rather than)\b",
    re.IGNORECASE,
)
NOT_A_CUE = re.compile(
    r"(?:not|n't) (?:only|just|merely|simply|least|necessarily|so much|to mention|because|all|every|always"
    r"|until|before|unless|unlike|more than|less than|even)\b"
    r"|no (?:more|less|fewer|later|earlier|sooner|other|doubt|matter|wonder|[0-9])|none other|nothing but"
    r"|(?<=or )not\b|(?<=if )not\b|(?<=why )not\b",
    re.IGNORECASE,
)
CLAUSE_END = re.compile(
    r"[;:.!?\n,()“”\"]"
    r"|\b(?:but|while|whereas|although|though|because|so|and|or|which|who|that|if|when|where|unless|nor)\b",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.;!?\n]")
PART = re.compile(r"[,:()]")
DOUBT = re.compile(r"\b(?:until|till|before|unless|without|except|than)\b", re.IGNORECASE)
LEADING = re.compile(r"^\s*(?:yes\b\s*[,.;:!–—-]?|no\b\s*(?:[,.;:!–—]|$))\s*", re.IGNORECASE)
ADVERBS = frozenset(
    "yet ever even also only just still now really actually very quit longer so much too any".split()
)
CONTRAST = re.compile(r"\b(?:unlike|other than|apart from|in contrast|contrary)\b", re.IGNORECASE)
CONDITION = re.compile(r"\b(?:if|unless|whether|lest|in case)\b[^,;]*$", re.IGNORECASE)
IMPLICIT = re.compile(
    r"\b(?:refus\w+|den(?:y|ies|ied)|forb\w+|prohibit\w*|ban(?:s|ned|ning)?|prevent\w*|exclu\w+|reject\w*|absen\w+|failure"
    r"|oppos\w+|against|only|few|little|outside|postpon\w+|cancel\w*|abandon\w*"
    r"|(?:put|call\w*|rul\w+) (?:off|out)|insignifican\w+|exempt\w*|except\w*"
    r"|un(?!der|ion|i[tvqf])\w{4,}|non-?\w+"
    r"|in(?:capab|abil)\w+)\b",
    re.IGNORECASE,
)
"""Words that may carry a negation of their own: where one stands, polarity can't be told from the cues."""
