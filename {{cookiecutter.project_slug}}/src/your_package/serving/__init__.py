"""What answers predictions, from the bundle alone: it imports no training library."""
