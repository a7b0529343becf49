"""How good a model is: functions on arrays."""
