"""Attacks by text: whether instructions inside questions or articles are obeyed."""
