"""Reads compilations of Security Council statements: who says what, in which words."""
