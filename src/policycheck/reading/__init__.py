"""From a path that a user names to a stream of accounts: sources, decoding, facts, and who is known."""
