"""Tests of the folder of files."""
