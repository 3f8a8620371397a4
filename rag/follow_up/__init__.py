"""Follow-up questions by rules: the noun phrases, pointers and fragments of English."""
