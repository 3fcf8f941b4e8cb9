"""Loaded by the server from which processes are started that may be killed."""

from tests.killing import warm

warm()
