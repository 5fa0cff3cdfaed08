"""Runs over real collections with known answers, outside `make test`: `make acceptance CASES=FOLDER`."""
