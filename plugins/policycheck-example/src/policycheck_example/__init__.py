"""An example plugin for policycheck: what its modules offer, one file each."""
