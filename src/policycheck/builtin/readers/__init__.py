"""The readers that ship: one file a kind of input."""
