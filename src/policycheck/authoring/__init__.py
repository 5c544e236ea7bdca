"""For people who write policies: tests of a policy."""
