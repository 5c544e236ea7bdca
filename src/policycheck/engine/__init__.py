"""A policy compiled once; accounts evaluated into verdicts, many times."""
