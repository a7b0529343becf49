"""Is this ready to show? Reads the repository, says what holds, and what is missing and why.

Nothing of the pipeline or the server needs this package. `readiness.py` lists what is looked at.
"""
