"""Predictions over HTTP from a bundle."""
