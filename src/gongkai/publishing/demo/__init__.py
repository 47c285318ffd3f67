"""The demo city's publications: made from templates of our own, the same every time for the same day."""
