"""The command `adopt`: an owner's own data in place of the sample's."""
