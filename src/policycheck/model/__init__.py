"""What flows through policycheck: frozen values and three-valued truth. Knows nothing of files, clocks or plugins."""
