"""What a result is worth: intervals, calibration, slices, drift, and the figures of them."""
