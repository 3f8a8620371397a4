"""Whether a question asks what an article, or a section of it, is about as a whole."""

import re

_TEXT = r"(?:articles?|texts?|documents?|pages?|passages?|piece|post|file|website|site|content)"
_PAPER = r"""(?:stor(?:y|ies)|report|paper|letter|notice|manual|polic(?:y|ies)|guide|news|handbook|agreement
    |contract|memo)"""
"""What an article may be, and what an article may tell of as well: "what is the contract about?"."""

_THIS = r"(?:(?:all|of|this|these|whole|entire|full)\s+)*(?:this|these|whole|entire|full)"
_THE = r"(?:(?:all|of|this|these|that|the|your|our|whole|entire|full)\s+)+"
_WHOLE = rf"(?:{_THE}{_TEXT}|{_THIS}\s+{_PAPER}|(?:all\s+(?:of\s+)?)?(?:it|this|that)|everything)"
_SUMMED = rf"(?:{_WHOLE}|{_THE}{_PAPER}|{_TEXT})"
_TELL = r"(?:tell\s+(?:me|us)|what\s+(?:can|could)\s+you\s+tell\s+(?:me|us))"
_GIVE = r"""(?:(?:give|show|write|make|provide|send|tell|get|list|name)\s+(?:me\s+|us\s+)?
    |what(?:['’]?s|\s+is|\s+are)\s+)?"""

_POINTS = r"""(?:main|key|central|core|most\s+important|essential)\s+
    (?:points?|facts?|ideas?|messages?|things|topics?|subject|contents?)"""
_COUNT = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten)"

_ABOUT_ALL = re.compile(
    rf"""(?:summari[sz]e|explain\s+{_THE}{_TEXT}|sum\s+up|recap|outline|condense)(?:\s+{_SUMMED})?
    |sum\s+(?:it|this|that|everything)(?:\s+all)?\s+up
    |(?:tell\s+me\s+|explain\s+)?what(?:['’]?s|\s+is|\s+are)?\s+{_WHOLE}(?:\s+(?:is|are))?(?:\s+\w+ly|\s+all)?\s+about
    |what\s+(?:do|does)\s+{_WHOLE}\s+(?:say|tell(?:\s+me|\s+us)?|cover|contain|discuss|describe
        |talk\s+about|deal\s+with)
    |{_GIVE}(?:(?:an?|the|your)\s+)?(?:\w+\s+)?
        (?:summary|overview|outline|gist|recap|digest|synopsis|tl;?dr|takeaways|highlights|essence)
        (?:\s+(?:of|from|for)\s+{_SUMMED})?
    |{_GIVE}(?:(?:the|its)\s+)?(?:{_COUNT}\s+)?{_POINTS}(?:\s+(?:of|from|in)\s+{_SUMMED})?
    |{_GIVE}{_THE}(?:{_TEXT}|{_PAPER})['’]s?\s+{_POINTS}
    |what\s+(?:(?:main|key)\s+)?(?:topics?|subjects?|themes?|points?)\s+(?:do|does)\s+{_WHOLE}\s+
        (?:cover|discuss|deal\s+with|make|touch\s+on|address|treat)
    |{_GIVE}the\s+(?:topic|subject|contents?)(?:\s+of\s+{_SUMMED})?
    |{_TELL}\s+(?:\w+\s+)?about\s+{_THE}{_TEXT}""",
    re.IGNORECASE | re.VERBOSE,
)
_ABOUT_SECTION = re.compile(
    rf"""(?:{_GIVE}(?:all\s+)?(?:the\s+)?
            (?:rules|conditions|details|information|facts|regulations|guidelines|provisions|terms)\s+
            (?:for|on|about|of|regarding|concerning)
        |what\s+(?:do|does)\s+{_WHOLE}\s+say\s+(?:about|on|regarding|concerning)
        |{_TELL}\s+(?:something\s+|everything\s+|more\s+|all\s+)?about
        |(?:summari[sz]e|sum\s+up)(?:\s+(?:the\s+)?(?:section|part|chapter)(?:\s+(?:on|about))?)?
        )\s+(?P<section>.+)""",
    re.IGNORECASE | re.VERBOSE,
)
_LEAD = re.compile(
    r"""(?:(?:please|hi|hello|hey|ok|okay|so|now|well|just|and|in\s+short|in\s+general)[,!\s]+)*
    (?:(?:can|could|would|will)\s+you\s+(?:please\s+)?
        |i(?:['’]d|\s+would)\s+like\s+(?:to\s+have\s+)?
        |i\s+(?:want|need)\s+
        |(?:can|could|may)\s+i\s+(?:get|have)\s+
    )?(?:please\s+)?(?:briefly\s+|quickly\s+)?""",
    re.IGNORECASE | re.VERBOSE,
)
_TAIL = re.compile(
    r"""(?:[\s,]+(?:please|for\s+me|for\s+us|briefly
        |in\s+(?:short|brief|general|a\s+nutshell|your\s+own\s+words)
        |in\s+(?:a\s+)?(?:\w+\s+)?(?:words?|sentences?|lines?|points?)
        |as\s+(?:an?\s+)?(?:(?:short|brief|bullet|bulleted|numbered)\s+)?(?:list|bullets|points)
    ))*[\s?!.…]*$""",
    re.IGNORECASE | re.VERBOSE,
)


def is_about_all(question: str) -> bool:
    """Whether it asks what an article as a whole says: "what is this about?", "give me the main points"."""
    return _ABOUT_ALL.fullmatch(_core(question)) is not None


def section_in(question: str) -> str:
    """What may be the heading of a section: "hotels" in "what are the rules for hotels?"; empty if none."""
    match = _ABOUT_SECTION.fullmatch(_core(question))
    return match["section"] if match else ""


def _core(question: str) -> str:
    """What is asked, without the courtesies around it."""
    text = question.strip()
    lead = _LEAD.match(text)
    return _TAIL.sub("", text[lead.end() if lead else 0 :])
