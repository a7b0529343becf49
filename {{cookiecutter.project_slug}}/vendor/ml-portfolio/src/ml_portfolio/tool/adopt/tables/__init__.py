"""Tables from the kinds of files that people have, and what their columns mean."""
