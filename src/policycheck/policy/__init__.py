"""What an organisation writes: strict YAML, loaded into a policy or refused with every mistake at once."""
