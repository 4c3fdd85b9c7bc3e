"""The domain: rubric, session, scoring, comparison, advice. No files, no screens, no clock."""
