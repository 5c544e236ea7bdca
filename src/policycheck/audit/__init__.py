"""The verdict log: its tree, signatures, checkpoints and proofs as pure functions of bytes, and the files they are kept in."""
