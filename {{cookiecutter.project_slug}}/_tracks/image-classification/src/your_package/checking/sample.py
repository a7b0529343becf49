"""The data that the project came with, to tell when they are its owner's own."""

SHA256 = "1064eff4cef408fe773c6040772d7cb7c114c2d2b60accb705d268cbecb8d44e"
URL = "https://github.com/zalandoresearch/fashion-mnist"
