"""The command `check`: is the project ready to show, as far as a program can tell?"""
