"""The data that the project came with, to tell when they are its owner's own."""

SHA256 = "7e8783b9f781a4ebf80fbc29ea702d301dcd2b621c16005da432e10d1e36f02f"
URL = "https://github.com/cjhutto/vaderSentiment"
