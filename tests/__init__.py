"""Tests, in folders that mirror src/bt_assess."""
