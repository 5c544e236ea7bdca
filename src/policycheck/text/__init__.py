"""Texts of strangers: two views with offsets between them, phrase lists, and patterns in linear time."""
