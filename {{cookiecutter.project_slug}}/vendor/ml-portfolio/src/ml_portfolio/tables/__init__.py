"""Rows of a table as input: schema, validation, splits, encoding."""
