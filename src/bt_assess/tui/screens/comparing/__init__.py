"""The pages of comparing: choosing what, and five ways of looking at it."""
