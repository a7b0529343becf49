"""Texts as input: schema, validation, tokens."""
