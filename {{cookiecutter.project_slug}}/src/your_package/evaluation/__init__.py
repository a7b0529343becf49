"""What a result is worth: intervals, paired tests, calibration, slices, drift, and figures."""
