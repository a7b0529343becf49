"""Images as input: schema, reading, preparation."""
