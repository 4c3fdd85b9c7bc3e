"""Find out where an organisation stands on the breakthrough model."""

__version__ = "0.1.0"
