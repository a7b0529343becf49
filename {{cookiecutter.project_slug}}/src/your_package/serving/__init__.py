"""What answers predictions. It reads the bundle and nothing else: no training library is imported."""
