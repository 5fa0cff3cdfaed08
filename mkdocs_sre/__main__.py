"""`python -m mkdocs_sre`, for where scripts are not on the path."""

from mkdocs_sre.cli import main

if __name__ == "__main__":
    main(prog_name="mkdocs-sre")
