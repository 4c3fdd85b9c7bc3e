"""Tests of the command line: what goes in, what comes out, and the exit code."""
