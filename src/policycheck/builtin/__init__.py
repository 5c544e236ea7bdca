"""The plugin that policycheck ships with, found through the same entry point as everybody's."""
