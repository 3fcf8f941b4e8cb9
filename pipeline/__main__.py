"""`python -m pipeline` is the fazhi command."""

from pipeline.cli import main

main()
