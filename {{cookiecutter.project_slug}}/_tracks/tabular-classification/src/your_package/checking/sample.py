"""The data that the project came with, to tell when they are its owner's own."""

SHA256 = "2d39a3b21859ce914b6380f0bc5e993683d7cd3adcc59c25984221b20d220c19"
URL = "https://doi.org/10.24432/C5XW20"
