"""The generators: ways to turn a prompt into a stream of text."""
