"""An example of an intranet: a small wiki with a strict policy, unkind style sheets, and the chat in it."""
