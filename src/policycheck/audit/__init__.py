"""The verdict log's tree, signatures, checkpoints and proofs, as pure functions of bytes. Knows no file, clock or verdict."""
