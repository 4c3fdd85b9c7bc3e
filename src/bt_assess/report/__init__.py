"""From sessions and profiles to text, tables and JSON. No screens."""
