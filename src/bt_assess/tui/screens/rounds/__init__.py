"""A team's round, step by step: each step a page."""
