"""README, model card, datasheet and report page, written from the results."""
