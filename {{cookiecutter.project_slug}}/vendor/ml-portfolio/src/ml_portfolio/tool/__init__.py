"""The commands that an owner runs: adopt, check, plan, page, serve."""
