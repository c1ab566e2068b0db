"""What a format is given: a selection of features, in words and with its options."""
