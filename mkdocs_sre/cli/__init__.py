"""The command `mkdocs-sre`: options in, engine called, text out; no logic of its own.

One module a command, found by looking; each adds itself to the group.
"""

from importlib import import_module
from pkgutil import iter_modules

from mkdocs_sre.cli.group import main

__all__ = ["main"]

for _module in iter_modules(__path__, f"{__name__}."):
    import_module(_module.name)
