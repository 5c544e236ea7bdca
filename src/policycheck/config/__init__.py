"""What a user may set, and where it was set: one table, a file, variables."""
