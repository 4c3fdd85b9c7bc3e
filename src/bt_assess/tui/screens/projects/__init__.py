"""The screens of breakthrough projects."""
