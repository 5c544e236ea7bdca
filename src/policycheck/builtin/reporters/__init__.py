"""The reporters that ship: one file an output format."""
