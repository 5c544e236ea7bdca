"""The commands that ship: one file each."""
