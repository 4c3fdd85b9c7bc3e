"""The folder of files: safe writing and reading, seal, lock, what is damaged. No screens."""
