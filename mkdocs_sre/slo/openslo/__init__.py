"""OpenSLO v1: what is valid by its rules, and what its objects say in terms of our documents and the other way round.

Source: the OpenSLO specification v1 (github.com/OpenSLO/OpenSLO), and the checks of its reference implementation
(github.com/OpenSLO/go-sdk, `pkg/openslo/v1`), which are stricter than the specification and decide what is valid.
"""
