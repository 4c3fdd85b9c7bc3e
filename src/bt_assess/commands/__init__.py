"""The commands beside the app, a module a subject. Data to stdout, messages to stderr."""
