"""The screens. Each gets what it needs in its constructor and never imports the app."""
