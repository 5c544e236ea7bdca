"""The checks that ship: one file each, its docstring its page in the manual."""
