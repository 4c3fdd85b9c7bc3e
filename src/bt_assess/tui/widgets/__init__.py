"""Widgets and pictures drawn here: reusable, with no rules of the domain in them."""
