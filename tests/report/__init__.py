"""Tests of results in words, text, tables and JSON."""
