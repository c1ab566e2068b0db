"""Rules about texts: languages, characters, addresses, words of our own."""
