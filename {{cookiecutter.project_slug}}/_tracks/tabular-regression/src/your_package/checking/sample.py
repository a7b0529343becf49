"""The data that the project came with, to tell when they are its owner's own."""

SHA256 = "1c1650a3c8eb7be2a056d07c5ed6cd93cf441d5e878d28d39ade7991d85ddae0"
URL = "https://doi.org/10.24432/C5W894"
