"""The rules: one small function each, in a package for every family."""
