"""The agreement in words: how it stands, what coordinators record, what they are reminded of."""
